"""`second-opinion questionnaire`: answers to questionnaires."""
