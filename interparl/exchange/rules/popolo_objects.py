"""From the fields of one Popolo object to its record."""

from __future__ import annotations

from interparl.exchange.rules.fields import Fields
from interparl.exchange.rules.findings import Json
from interparl.exchange.rules.popolo import (
    PopoloArea,
    PopoloContact,
    PopoloEvent,
    PopoloIdentifier,
    PopoloLink,
    PopoloMembership,
    PopoloName,
    PopoloOrganization,
    PopoloPerson,
    PopoloPost,
)

# Single values that some files give beside or instead of contact_details.
_OWN_CONTACTS = ("email", "phone", "fax", "cell", "twitter", "facebook")


def read_person(fields: Fields) -> PopoloPerson:
    """The person; without a name, or without an id, an error is noted."""
    family = fields.text("family_name")
    given = " ".join(part for part in (fields.text("given_name"), fields.text("additional_name")) if part)
    name = fields.text("name") or " ".join(part for part in (given, family) if part)
    if not name:
        fields.note("error", "no_name")
    if not (person_id := fields.identity("id")):
        fields.note("error", "no_id")
    image = fields.address("image")
    images = [part.address("url") for part in fields.parts("images")]
    return PopoloPerson(
        id=person_id,
        name=name,
        family=family,
        given=given,
        patronymic=fields.text("patronymic_name"),
        sort_name=fields.text("sort_name"),
        honorific_prefix=fields.text("honorific_prefix"),
        honorific_suffix=fields.text("honorific_suffix"),
        gender=fields.text("gender").lower(),
        nationality=fields.text("national_identity"),
        birth=fields.day("birth_date"),
        death=fields.day("death_date"),
        biography=fields.paragraph("biography") or fields.paragraph("summary"),
        image=image,
        images=tuple(dict.fromkeys(url for url in [image, *images] if url)),
        other_names=_names(fields),
        identifiers=_identifiers(fields),
        contacts=_contacts(fields),
        links=_links(fields, "links"),
        sources=_links(fields, "sources"),
        place=fields.place,
        raw=fields.raw,
        extra=_left(fields, "memberships"),
    )


def read_organization(fields: Fields) -> PopoloOrganization:
    """The organisation; without a name it goes by its id, without both it is an error."""
    organization_id, name = fields.identity("id"), fields.text("name")
    if not name:
        fields.note("doubtful" if organization_id else "error", "no_name")
        name = organization_id.strip()
    record = PopoloOrganization(
        id=organization_id,
        name=name,
        classification=fields.text("classification").lower(),
        parent_id=fields.identity("parent_id"),
        area_id=fields.identity("area_id"),
        seats=fields.number("seats"),
        since=fields.day("founding_date") or fields.day("start_date"),
        until=fields.day("dissolution_date") or fields.day("end_date"),
        image=fields.address("image"),
        other_names=_names(fields),
        identifiers=_identifiers(fields),
        contacts=_contacts(fields),
        links=_links(fields, "links"),
        place=fields.place,
        raw=fields.raw,
        extra=_left(fields, "memberships", "posts", "start_date", "end_date"),
    )
    if not organization_id:
        fields.note("note" if record.is_unknown else "doubtful", "no_id")
    return record


def read_area(fields: Fields) -> PopoloArea:
    """The area; without a name it goes by its id."""
    area_id = _wanted_id(fields)
    return PopoloArea(
        id=area_id,
        name=_wanted_name(fields, "name", area_id),
        type=fields.text("type") or fields.text("classification"),
        parent_id=fields.identity("parent_id"),
        other_names=_names(fields),
        identifiers=_identifiers(fields),
        place=fields.place,
        raw=fields.raw,
        extra=_left(fields, "classification"),
    )


def read_event(fields: Fields) -> PopoloEvent:
    """The event; without a name it goes by its id."""
    event_id = _wanted_id(fields)
    return PopoloEvent(
        id=event_id,
        name=_wanted_name(fields, "name", event_id),
        classification=fields.text("classification").lower(),
        organization_id=fields.identity("organization_id"),
        since=fields.day("start_date"),
        until=fields.day("end_date"),
        identifiers=_identifiers(fields),
        place=fields.place,
        raw=fields.raw,
        extra=fields.left(),
    )


def read_post(fields: Fields) -> PopoloPost:
    """The post; without a label it goes by its role, else by its id."""
    post_id, role = _wanted_id(fields), fields.text("role")
    return PopoloPost(
        id=post_id,
        label=_wanted_name(fields, "label", role or post_id),
        role=role,
        organization_id=fields.identity("organization_id"),
        area_id=fields.identity("area_id"),
        since=fields.day("start_date"),
        until=fields.day("end_date"),
        place=fields.place,
        raw=fields.raw,
        extra=fields.left(),
    )


def read_membership(fields: Fields) -> PopoloMembership:
    """The membership as it stands; its references are looked at when the whole file is read."""
    membership_id = fields.identity("id")
    person, organization = fields.identity("person_id"), fields.identity("organization_id")
    on_behalf, area = fields.identity("on_behalf_of_id"), fields.identity("area_id")
    post, period = fields.identity("post_id"), fields.identity("legislative_period_id")
    role, since = fields.text("role"), fields.day("start_date")
    # The end is no part of the key: a later edition of the file fills it in.
    natural = (person, organization, period, on_behalf, area, post, role, since or "")
    return PopoloMembership(
        id=membership_id,
        key=membership_id or "|".join(part.replace("|", "||") for part in natural),
        person_id=person,
        organization_id=organization,
        on_behalf_of_id=on_behalf,
        area_id=area,
        post_id=post,
        period_id=period,
        role=role,
        label=fields.text("label"),
        since=since,
        until=fields.day("end_date"),
        contacts=_contacts(fields),
        place=fields.place,
        raw=fields.raw,
        extra=_left(fields, "person", "organization", "on_behalf_of", "area", "post", "legislative_period"),
    )


def _wanted_id(fields: Fields) -> str:
    found = fields.identity("id")
    if not found:
        fields.note("doubtful", "no_id")
    return found


def _wanted_name(fields: Fields, key: str, instead: str) -> str:
    name = fields.text(key)
    if not name:
        fields.note("note", "no_name")
    return name or instead.strip()


def _left(fields: Fields, *read_elsewhere: str) -> dict[str, Json]:
    fields.skip(*read_elsewhere)
    return fields.left()


def _names(fields: Fields) -> tuple[PopoloName, ...]:
    found = []
    for part in fields.parts("other_names"):
        family, given = part.text("family_name"), part.text("given_name")
        name = part.text("name") or " ".join(word for word in (given, family) if word)
        if not name:
            part.note("note", "no_name")
            continue
        found.append(
            PopoloName(
                name=name,
                language=part.text("lang") or part.text("language"),
                note=part.text("note"),
                since=part.day("start_date"),
                until=part.day("end_date"),
                family=family,
                given=given,
            )
        )
    return tuple(dict.fromkeys(found))


def _identifiers(fields: Fields) -> tuple[PopoloIdentifier, ...]:
    found = []
    for part in fields.parts("identifiers"):
        identifier = part.text("identifier")
        if identifier:
            found.append(PopoloIdentifier(part.text("scheme").lower(), identifier))
        else:
            part.note("note", "no_value")
    return tuple(dict.fromkeys(found))


def _contacts(fields: Fields) -> tuple[PopoloContact, ...]:
    found = []
    for part in fields.parts("contact_details"):
        contact = PopoloContact(part.text("type").lower(), part.text("value"), part.text("label"), part.text("note"))
        if contact.value:
            found.append(contact)
        else:
            part.note("note", "no_value")
    listed = {(contact.type, contact.value) for contact in found}
    found += [
        PopoloContact(kind, value, "", "")
        for kind in _OWN_CONTACTS
        if (value := fields.text(kind)) and (kind, value) not in listed
    ]
    return tuple(dict.fromkeys(found))


def _links(fields: Fields, key: str) -> tuple[PopoloLink, ...]:
    found = [PopoloLink(part.address("url"), part.text("note")) for part in fields.parts(key)]
    return tuple(dict.fromkeys(link for link in found if link.url))
