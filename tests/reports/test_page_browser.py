"""`report.html` in a real browser, its bytes untouched: widths, search, filters, the policy, and the page with scripts off.

The page stands in frames of a sheet that asks it questions; where there is no Chromium the tests are skipped.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import fake_run
import pytest

from affil.reports.page.html import report_html
from affil.words import Words

CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

SHEET = """<!DOCTYPE html><meta charset="utf-8"><body><pre id="told"></pre><script>
var frames = %s, left = frames.length, told = {};
function ask(one, frame) {
  var doc = frame.contentDocument, panel = doc.getElementById("find"), root = doc.documentElement, told = {};
  function shown(what) {
    return Array.prototype.filter.call(doc.querySelectorAll(what), function (e) { return e.getClientRects().length; }).length;
  }
  function count() { return [shown("tr[data-n]"), shown("article[id^=c]"), doc.getElementById("find-told").textContent]; }
  told.width = root.scrollWidth;
  told.wide = Array.prototype.filter.call(doc.querySelectorAll("body *"), function (e) {
    return e.getBoundingClientRect().right > one.width + 1 && !e.closest(".x,.v,.defs,.skip,thead"); }).map(function (e) {
    return e.outerHTML.slice(0, 60); });
  told.broken = Array.prototype.filter.call(doc.querySelectorAll(".ties td:nth-child(2),.r,.d,dt,th"), function (e) {
    var line = doc.createRange(), first = e.textContent.split(/\\s/)[0].length;
    if (!e.firstChild || e.firstChild.nodeType !== 3 || !e.getClientRects().length || first > 20) { return false; }
    line.setStart(e.firstChild, 0); line.setEnd(e.firstChild, Math.min(first, e.firstChild.length));
    return line.getClientRects().length > 1; }).map(function (e) { return e.textContent.slice(0, 40); });
  told.panel = !!panel && shown("#find") === 1;
  told.details = shown("article[id^=c]");
  if (told.panel) {
    told.whole = count();
    told.found = (one.search || []).map(function (text) {
      var input = doc.getElementById("find-text");
      input.value = text; input.dispatchEvent(new Event("change"));
      frame.contentWindow.location.hash = "#?" + encodeURIComponent(text);
      frame.contentWindow.dispatchEvent(new Event("hashchange"));
      return count(); });
    told.chosen = (one.choose || []).map(function (pair) {
      doc.getElementById("find-clear").click();
      var box = doc.getElementById("find-" + pair[0]);
      box.selectedIndex = pair[1]; box.dispatchEvent(new Event("change"));
      return [box.options[pair[1]].textContent].concat(count()); });
    doc.getElementById("find-clear").click();
    told.cleared = count();
    told.focus = doc.activeElement.id;
  }
  var script = doc.createElement("script"); script.textContent = "document.title = 'taken'"; doc.body.appendChild(script);
  told.taken = doc.title === "taken";
  return told;
}
frames.forEach(function (one) {
  var frame = document.createElement("iframe");
  frame.width = one.width; frame.height = 700; frame.style.border = 0;
  if (one.off) { frame.sandbox = "allow-same-origin"; }
  frame.onload = function () {
    told[one.name] = ask(one, frame);
    left -= 1;
    if (!left) { document.getElementById("told").textContent = JSON.stringify(told); }
  };
  frame.src = one.page;
  document.body.appendChild(frame);
});
</script>"""


def answers(folder: Path, frames: list[dict[str, Any]]) -> dict[str, Any]:
    sheet = folder / "sheet.html"
    sheet.write_text(SHEET % json.dumps(frames), encoding="utf-8")
    assert CHROMIUM is not None
    dumped = subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--allow-file-access-from-files",
         "--virtual-time-budget=5000", f"--user-data-dir={folder / 'profile'}", "--dump-dom", sheet.as_uri()],
        capture_output=True, text=True, timeout=120, check=False, encoding="utf-8",
    )  # fmt: skip
    told = re.search(r'<pre id="told">(.*?)</pre>', dumped.stdout, re.DOTALL)
    assert told and told[1], dumped.stderr[-2000:]
    answer: dict[str, Any] = json.loads(html.unescape(told[1]))
    return answer


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("pages")
    runs = {
        "none": fake_run.run(()),
        "ten": fake_run.run(),
        "many": fake_run.large_run(260),
        "hostile": fake_run.hostile_run('"><img src=x onerror=alert(1)></script>' + "Щ" * 9000),
    }
    for name, run in runs.items():
        (folder / f"{name}.html").write_bytes(report_html(run, Words("ru")))
    policy = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
    (folder / "open.html").write_text(policy.sub("", (folder / "ten.html").read_text("utf-8")), "utf-8")
    search = ["озерный", "ОЗЁРНЫЙ край", "0142300001225000003", "ольховский мост", "4299000002", "такого нет", ""]
    frames = [
        {"name": f"{name}-{width}", "page": f"{name}.html", "width": width, "search": search, "choose": [["priority", 2]]}
        for name in ("ten",)
        for width in (360, 768, 1280)
    ]
    frames += [{"name": f"{name}-360", "page": f"{name}.html", "width": 360} for name in ("none", "many", "hostile")]
    frames += [
        {"name": "off", "page": "ten.html", "width": 360, "off": True},
        {"name": "open", "page": "open.html", "width": 360},
    ]
    return answers(folder, frames)


@pytest.mark.parametrize("name", ["ten-360", "ten-768", "ten-1280", "none-360", "many-360", "hostile-360", "off"])
def test_nothing_is_wider_than_the_screen(told: dict[str, Any], name: str) -> None:
    width = 360 if name == "off" else int(name.rpartition("-")[2])
    assert told[name]["width"] <= width and told[name]["wide"] == []
    assert told[name]["broken"] == []  # words of a heading, a number, a date stay whole


@pytest.mark.parametrize("name", ["ten-360", "ten-1280"])
def test_the_search_finds_what_a_person_would_look_for(told: dict[str, Any], name: str) -> None:
    """Cases 1 and 5 are of «Озёрный край»; contract 3 is one of the five of case 2; case 4 is Ольховская and «Новый мост»."""
    by_letter, by_words, by_number, by_two, by_inn, nothing, everything = told[name]["found"]
    assert told[name]["whole"] == [8, 7, "Показано случаев: 8 из 8"]
    assert by_letter == by_words == by_inn == [2, 2, "Показано случаев: 2 из 8"]
    assert by_number == [1, 1, "Показано случаев: 1 из 8"]
    assert by_two == [1, 1, "Показано случаев: 1 из 8"]
    assert nothing[:2] == [0, 0] and nothing[2].startswith("Подходящих случаев нет")
    assert everything == told[name]["whole"] == told[name]["cleared"]
    assert told[name]["focus"] == "find-text"


def test_a_choice_shows_as_many_cases_as_it_says(told: dict[str, Any]) -> None:
    ((text, rows, articles, line),) = told["ten-1280"]["chosen"]
    assert text == "высокий (2)" and (rows, articles) == (2, 2) and line == "Показано случаев: 2 из 8"


def test_many_cases_are_searched_too_and_an_empty_page_has_no_search(told: dict[str, Any]) -> None:
    assert told["many-360"]["whole"] == [260, 260, "Показано случаев: 260 из 260"]
    assert not told["none-360"]["panel"]


def test_without_scripts_the_page_is_whole(told: dict[str, Any]) -> None:
    assert not told["off"]["panel"] and told["off"]["details"] == 7


def test_only_the_policy_keeps_a_script_that_came_in_from_running(told: dict[str, Any]) -> None:
    assert {name for name, one in told.items() if one["taken"]} == {"open"}


def test_hostile_names_do_not_break_the_search(told: dict[str, Any]) -> None:
    assert told["hostile-360"]["whole"] == [2, 1, "Показано случаев: 2 из 2"]
