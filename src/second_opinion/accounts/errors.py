"""AccountsError
├── NotAllowedError       a policy denied it; also Django's PermissionDenied, so a page answers 403
├── AlreadyInvitedError   the address belongs to somebody
├── DemoLinkError         a demo sign-in link that is foreign, altered or out of place
└── UnreadableSecretError an authenticator app's secret, under another master key
"""

from django.core.exceptions import PermissionDenied


class AccountsError(Exception):
    """Base of all that this room refuses; the message is a sentence for the person."""


class NotAllowedError(AccountsError, PermissionDenied):
    pass


class AlreadyInvitedError(AccountsError):
    pass


class DemoLinkError(AccountsError):
    pass


class UnreadableSecretError(AccountsError):
    pass
