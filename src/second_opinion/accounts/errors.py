"""AccountsError
├── NotAllowedError       a policy denied it; also Django's PermissionDenied, so a page answers 403
├── AlreadyInvitedError   the address belongs to somebody
├── AddressError          an address that is incomplete, or elsewhere than the organisation's
├── RefusedIdentityError  an e-ID whose answer is not to be trusted, or not safe enough
├── LastError             the last administrator, or the last address: nobody could come in
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


class AddressError(AccountsError):
    pass


class LastError(AccountsError):
    pass


class RefusedIdentityError(AccountsError, PermissionDenied):
    is_for_the_person = True  # allauth's own errors in the same place are not


class DemoLinkError(AccountsError):
    pass


class UnreadableSecretError(AccountsError):
    pass
