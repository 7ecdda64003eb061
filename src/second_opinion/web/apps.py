from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "second_opinion.web"
