// Narrows the list of cases. The page is whole without it: the panel it serves is shown only when this runs.
// Plain ES5, texts by textContent only, nothing is stored and no address is changed: a search may be a person's name.
(function () {
  "use strict";
  var panel = document.getElementById("find");
  var query = document.getElementById("find-text");
  var told = document.getElementById("find-told");
  var paper = document.getElementById("on-paper");
  var choosers = panel.querySelectorAll("select");
  var rows = document.querySelectorAll("tr[data-n]");
  var cases = [];
  var timer = 0;

  function folded(text) {
    return text.toLowerCase().replace(/\u0451/g, "\u0435").replace(/["'\u00ab\u00bb\u201c-\u201f]/g, "").replace(/\s+/g, " ");
  }

  function textOf(one) {
    var parts = [one.row.textContent];
    var found = one.body ? one.body.querySelectorAll("[data-q]") : [];
    for (var i = 0; i < found.length; i += 1) { parts.push(found[i].textContent); }
    return folded(parts.join(" "));
  }

  function has(one, words, codes) {
    var i;
    for (i = 0; i < codes.length; i += 1) {
      if (one.codes.indexOf(" " + codes[i] + " ") < 0) { return false; }
    }
    if (words.length && one.text === null) { one.text = textOf(one); }
    for (i = 0; i < words.length; i += 1) {
      if (one.text.indexOf(words[i]) < 0) { return false; }
    }
    return true;
  }

  function chosen() {
    var codes = [];
    for (var i = 0; i < choosers.length; i += 1) { if (choosers[i].value) { codes.push(choosers[i].value); } }
    return codes;
  }

  function apply() {
    var words = folded(query.value).split(" ").filter(function (word) { return word; });
    var codes = chosen();
    var shown = 0;
    cases.forEach(function (one) {
      var fits = has(one, words, codes);
      one.row.hidden = !fits;
      if (one.body) { one.body.hidden = !fits; }
      shown += fits ? 1 : 0;
    });
    var text = panel.getAttribute(shown ? "data-told" : "data-none");
    told.textContent = text.replace("#", String(shown)).replace("#", String(cases.length));
    paper.hidden = shown === cases.length;
    paper.textContent = told.textContent;
  }

  function soon() {
    window.clearTimeout(timer);
    timer = window.setTimeout(apply, 150);
  }

  function clear() {
    query.value = "";
    for (var i = 0; i < choosers.length; i += 1) { choosers[i].selectedIndex = 0; }
    apply();
    query.focus();
  }

  // report.html#?text opens the page with a search already made.
  function fromAddress() {
    var hash = window.location.hash;
    if (hash.slice(0, 2) !== "#?") { return; }
    try { query.value = decodeURIComponent(hash.slice(2)); } catch (error) { query.value = hash.slice(2); }
  }

  function openAll() {
    var closed = document.querySelectorAll("details");
    for (var i = 0; i < closed.length; i += 1) { closed[i].open = true; }
  }

  for (var i = 0; i < rows.length; i += 1) {
    cases.push({
      row: rows[i],
      body: document.getElementById("c" + rows[i].getAttribute("data-n")),
      codes: " " + rows[i].getAttribute("data-f") + " ",
      text: null
    });
  }
  query.addEventListener("input", soon);
  query.addEventListener("keydown", function (event) { if (event.key === "Escape") { clear(); } });
  for (i = 0; i < choosers.length; i += 1) { choosers[i].addEventListener("change", apply); }
  document.getElementById("find-clear").addEventListener("click", clear);
  window.addEventListener("beforeprint", openAll);
  window.addEventListener("hashchange", function () { fromAddress(); apply(); });
  panel.hidden = false;
  fromAddress();
  apply();
}());
