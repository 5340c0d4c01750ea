"""Root addresses: the desk, the way in, and the portal in each language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.i18n import set_language

from interparl.administration.pages import home_page
from interparl.core import desk_pages
from interparl.core.requests import staff
from interparl.core.styles_page import styles_page

urlpatterns = [
    path("desk/", staff(home_page), name="home"),
    path("desk/find/", staff(desk_pages.find_page), name="find"),
    path("desk/suggest/", staff(desk_pages.suggest_page), name="suggest"),
    path("desk/new/", staff(desk_pages.new_page), name="new"),
    path("desk/pick/<str:kind>/", staff(desk_pages.pick_page), name="pick"),
    path("desk/", include("interparl.directory.urls")),
    path("desk/", include("interparl.bodies.urls")),
    path("desk/", include("interparl.core.urls")),
    path("styles/", styles_page, name="styles"),
    path("language/", set_language, name="set_language"),
    path("accounts/", include("allauth.account.urls")),
]
urlpatterns += i18n_patterns(path("", include("interparl.portal.urls")))
