"""The e-ID broker as django-allauth wants it told, out of the environment."""

from typing import Any

from second_opinion.config.environment import Environment

PROVIDER = "e-id"


def e_id_apps(environment: Environment) -> list[dict[str, Any]]:
    """One broker, or none."""
    if environment.e_id_issuer is None:
        return []
    return [
        {
            "provider_id": PROVIDER,
            "name": environment.e_id_name,
            "client_id": environment.e_id_client_id,
            "secret": environment.e_id_client_secret.get_secret_value(),
            "settings": {
                "server_url": environment.e_id_issuer,
                "scope": ["openid", "email"],
                "oauth_pkce_enabled": True,
                "auth_params": {"acr_values": " ".join(environment.e_id_levels)},
                # The broker vouches for an address only where it says so in the token.
                "email_authentication": True,
            },
        }
    ]
