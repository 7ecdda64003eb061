"""The coordinator's own pages: what moves a case on, each as a button or a page that asks first."""
