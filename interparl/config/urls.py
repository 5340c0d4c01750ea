"""Root addresses."""

urlpatterns: list[object] = []
