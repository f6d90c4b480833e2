"""The pages Django draws itself: signing in and joining. All else is the single page application."""

from django.contrib.auth.views import LogoutView
from django.urls import path, re_path

from picking.pages import account, application, joining, sharing, signing_in

urlpatterns = [
    path("signin", signing_in.SignInPage.as_view(), name="signin"),
    path("signin/<str:user_id>/<str:token>", signing_in.by_link, name="signin-link"),
    path("account", account.change_password, name="account"),
    path("signout", LogoutView.as_view(), name="signout"),
    path("join/<str:token>", joining.join_project, name="join"),
    path("shared/<str:token>", sharing.open_project, name="shared"),
    path("health", application.health),
    re_path(r"^(?:projects/.*)?$", application.page),
]
