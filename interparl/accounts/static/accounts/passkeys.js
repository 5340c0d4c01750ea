// Passkeys (WebAuthn). A form with data-passkey asks the browser for one and sends it; without scripts it is not shown.
const bytes = (words) =>
  Uint8Array.from(atob(words.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

const words = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const known = (credentials) => credentials?.map((one) => ({ ...one, id: bytes(one.id) }));

// What the server asks for, with bytes where the browser wants them.
const asked = ({ publicKey }) => ({
  ...publicKey,
  challenge: bytes(publicKey.challenge),
  ...(publicKey.user && { user: { ...publicKey.user, id: bytes(publicKey.user.id) } }),
  ...(publicKey.excludeCredentials && { excludeCredentials: known(publicKey.excludeCredentials) }),
  ...(publicKey.allowCredentials && { allowCredentials: known(publicKey.allowCredentials) }),
});

// What the browser answers, with letters where the server wants them.
const answered = (credential) => {
  const given = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    const value = credential.response[name];
    if (value) given[name] = words(value);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: words(credential.rawId),
    type: credential.type,
    response: given,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
};

const options = async (form) => {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const token = form.elements.csrfmiddlewaretoken.value;
  const answer = await fetch(form.dataset.optionsUrl, { method: "POST", headers: { "X-CSRFToken": token } });
  if (!answer.ok) throw new Error(`options: ${answer.status}`);
  return answer.json();
};

const send = async (form) => {
  const failed = form.querySelector("[data-passkey-failed]");
  const button = form.querySelector("button[type='submit']");
  failed.querySelector(":scope > .alert")?.remove();
  button.disabled = true;
  try {
    const publicKey = asked(await options(form));
    const way = form.dataset.passkey === "create" ? "create" : "get";
    form.elements.credential.value = answered(await navigator.credentials[way]({ publicKey }));
    form.submit();
  } catch {
    // Refused by the person or the device; which of them the browser does not tell.
    failed.append(failed.querySelector("template").content.cloneNode(true));
    button.disabled = false;
  }
};

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
  }
  for (const note of document.querySelectorAll("[data-passkey-without]")) note.hidden = true;
}
