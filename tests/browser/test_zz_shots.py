import os, datetime
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]="true"
import pytest
from django.utils import timezone
from playwright.sync_api import sync_playwright
from django.test import Client
from tests.web.cast import make_cast, STAGES
from second_opinion.cases.states import CaseState
from second_opinion.cases.models import Case
pytestmark=pytest.mark.django_db(transaction=True)
OUT="/tmp/shots/"
def login(ctx, live_server, person, lang):
    c=Client(); c.force_login(person)
    ctx.add_cookies([{"name":"sessionid","value":c.cookies["sessionid"].value,"url":live_server.url},{"name":"django_language","value":lang,"url":live_server.url}])
def test_shots(live_server, settings):
    cast=make_cast()
    roles=["Head of finance, Nordic region","Chief engineer, hydropower","Site manager","HR director","Group controller"]
    cases=[cast.case_in(s, role=r) for s,r in zip(STAGES,roles)]
    cast.order(role="Buyer", due_on=timezone.localdate()-datetime.timedelta(days=3)) if False else None
    Case.objects.filter(pk=cases[0].pk).update(due_on=timezone.localdate()-datetime.timedelta(days=3))
    pages={"list":"/","mine":"/?show=mine","inassess":f"/cases/{cases[2].pseudonym}/","reported":f"/cases/{cases[4].pseudonym}/","report":f"/reports/{cases[4].report_versions.get().pseudonym}/","404":"/nope"}
    only=os.environ.get("ONLY","").split(",") if os.environ.get("ONLY") else None
    with sync_playwright() as p:
        b=p.chromium.launch(executable_path="/usr/bin/chromium",args=["--no-sandbox"])
        for lang in os.environ.get("LANGS","en").split(","):
          for scheme in os.environ.get("SCHEMES","light,dark").split(","):
            for w in (360,1280):
                ctx=b.new_context(viewport={"width":w,"height":800},color_scheme=scheme)
                ctx.add_cookies([{"name":"django_language","value":lang,"url":live_server.url}])
                pg=ctx.new_page()
                def shot(n,u=None):
                    if only and n not in only: return
                    if u: pg.goto(live_server.url+u)
                    pg.screenshot(path=f"{OUT}{n}-{w}-{scheme}-{lang}.png",full_page=True)
                shot("signin","/sign-in/")
                pg.goto(live_server.url+"/sign-in/"); pg.fill("#id_login","x@"); pg.click("button.main"); shot("signin-error")
                pg.fill("#id_login",f"a{w}{scheme}@example.com"); pg.click("button.main"); shot("code")
                pg.fill("#id_code","123"); pg.click("button.main"); shot("code-error")
                pg.goto(live_server.url+"/sign-in/")
                login(ctx,live_server,cast.coordinator,lang)
                for n,u in pages.items(): shot(n,u)
                login(ctx,live_server,cast.newcomer,lang); shot("empty","/")
                login(ctx,live_server,cast.second_assessor,lang); shot("403",pages["inassess"])
                login(ctx,live_server,cast.orderer,lang); shot("orderer-inassess",pages["inassess"])
                ctx.close()
        b.close()
