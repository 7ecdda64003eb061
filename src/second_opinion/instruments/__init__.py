"""What assessments are made with: interview guides, and practice in rating."""
