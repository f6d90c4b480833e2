"""The browsers in which somebody is signed in: noting, and ending."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from picking.models import User
from picking.room import says_full


def note_browser(user: User, session: str, address: str, agent: str) -> None:
    """This session was used just now. Where the disk is full, it is not noted."""
    seen = {"user": user, "ip": address, "user_agent": agent[:200], "last_seen_at": timezone.now()}
    try:
        if not UserSession.objects.filter(session_key=session).update(**seen):
            with transaction.atomic():
                UserSession.objects.create(session_key=session, **seen)
    except IntegrityError:  # another request of it was quicker, or the account has just been deleted
        return
    except Exception as error:
        if not says_full(error):
            raise


def end_browser(user: User, browser_id: int) -> bool:
    """Signs somebody out in one browser; False where they are not signed in there. Its sockets notice."""
    with transaction.atomic():
        browser = UserSession.objects.filter(user=user, pk=browser_id).first()
        if browser is None:
            return False
        Session.objects.filter(session_key=browser.session_key).delete()
        browser.delete()
    return True


def end_all_sign_ins(user: User) -> None:
    """Everywhere at once, also in browsers that were never noted. One that is to stay signed in is given a new mark."""
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(sign_ins_ended=F("sign_ins_ended") + 1)
        UserSession.objects.filter(user=user).delete()
    user.refresh_from_db(fields=["sign_ins_ended"])


def forget_old_browsers() -> int:
    """Deletes those whose session is gone, and returns how many."""
    count, _ = UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return int(count)
