"""Root addresses: the desk, the way in, and the portal in each language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.i18n import set_language

from interparl.accounts.pages import too_many_page
from interparl.administration.pages import home_page
from interparl.config.unwritable import failure_page
from interparl.core import desk_pages, translation_desk
from interparl.core.requests import staff
from interparl.core.styles_page import styles_page
from interparl.portal.urls import public_patterns

urlpatterns = [
    path("desk/", staff(home_page), name="home"),
    path("desk/find/", staff(desk_pages.find_page), name="find"),
    path("desk/suggest/", staff(desk_pages.suggest_page), name="suggest"),
    path("desk/new/", staff(desk_pages.new_page), name="new"),
    path("desk/pick/<str:kind>/", staff(desk_pages.pick_page), name="pick"),
    # Bodies first: what ends with an organisation is theirs to show.
    path("desk/", include("interparl.bodies.urls")),
    path("desk/", include("interparl.meetings.urls")),
    path("desk/", include("interparl.directory.urls")),
    path("desk/", include("interparl.core.urls")),
    path("desk/", include("interparl.portal.urls")),
    path("desk/", include("interparl.exchange.urls")),
    path("desk/", include("interparl.documents.urls")),
    path("desk/", include("interparl.tasks.urls")),
    path("desk/", include("interparl.briefs.urls")),
    path("desk/", include("interparl.administration.urls")),
    path("desk/translations/<str:language>/", staff(translation_desk.desk_page), name="translations"),
    path(
        "desk/translations/<str:language>/<str:kind>/<int:key>/<slug:name>/",
        staff(translation_desk.work_page),
        name="translation",
    ),
    path("styles/", styles_page, name="styles"),
    path("language/", set_language, name="set_language"),
    path("accounts/", include("interparl.accounts.urls")),
]
urlpatterns += i18n_patterns(path("", include((public_patterns, "public"))))

# allauth looks here for its answer to too many requests.
handler429 = too_many_page
# When nothing can be written the answer says so, wherever the error came from.
handler500 = failure_page
