from second_opinion.audit.triggers.refusal import append_only

_SENTENCE = "The audit log is append-only: record a new event instead."

REFUSALS = append_only("audit_event", _SENTENCE) + append_only("audit_lognode", _SENTENCE)
