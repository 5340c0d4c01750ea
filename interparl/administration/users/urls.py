"""Addresses of users, roles and deputising; `administration.urls` takes them in."""

from django.urls import path

from interparl.administration.users import acting, deeds, pages, seeing_pages
from interparl.administration.users.roles import roles_page
from interparl.core.requests import staff

user_patterns = [
    path("users/", staff(pages.list_page), name="user-list"),
    path("users/new/", staff(deeds.new_page), name="user-new"),
    path("users/<int:key>/", staff(pages.show_page), name="user-show"),
    path("users/<int:key>/edit/", staff(deeds.edit_page), name="user-edit"),
    path("users/<int:key>/role/", staff(deeds.role_page), name="user-role"),
    path("users/<int:key>/close/", staff(deeds.close_page), name="user-close"),
    path("users/<int:key>/open/", staff(deeds.open_page), name="user-open"),
    path("users/<int:key>/factors/", staff(deeds.factors_page), name="user-factors"),
    path("users/<int:key>/invite/", staff(deeds.invite_page), name="user-invite"),
    path("users/<int:key>/sees/", staff(seeing_pages.sees_page), name="user-sees"),
    path("users/<int:key>/sees/<str:kind>/", staff(seeing_pages.rows_page), name="user-sees-rows"),
    path("roles/", staff(roles_page), name="roles"),
    path("deputising/", staff(acting.list_page), name="acting-list"),
    path("deputising/new/", staff(acting.new_page), name="acting-new"),
    path("deputising/<int:key>/edit/", staff(acting.edit_page), name="acting-edit"),
    path("deputising/<int:key>/end/", staff(acting.end_page), name="acting-end"),
]
