// The one script of the pages. A control is plain HTML with a data attribute, so that it can stand
// in the middle of a sentence; what it asks for goes to Python as one line of text.
const PANE = ".st-key-beside";
const CONTROLS = "[data-act], [data-copy], [data-go]";
const BOX = '[data-testid="stChatInputTextArea"]';
const LOOK_MS = 2000; // between two looks whether the server answers
const MISSED = 2; // looks in a row without an answer, from which on it is told
const STILL = 6; // pixels within which a pointer has not moved

const CAME_FOR = "scrutiny-came-for";

export default function controls(component) {
  const { setTriggerValue, data } = component;

  if (data?.comeBack) sessionStorage.setItem(CAME_FOR, location.pathname + location.search);
  if (data?.listen) {
    // Kept for as long as the page is open: what they tell of, no server may be there to translate.
    window.scrutinyWords = data.words;
    document.documentElement.lang = data.language;
    goWhereTo();
    listen(setTriggerValue);
  }
  // What the page has just shown is attended to once, however often it is drawn again.
  if (data?.number && window.scrutinyAttended !== data.number) {
    window.scrutinyAttended = data.number;
    data.steps.forEach((step) => attend(step));
  }
  return () => {
    if (window.scrutinyTell === setTriggerValue) window.scrutinyTell = undefined;
  };
}

// Who logs in is led to the first page; what they came for, a link for instance, is opened then.
function goWhereTo() {
  const place = sessionStorage.getItem(CAME_FOR);
  if (place === null) return;
  sessionStorage.removeItem(CAME_FOR);
  if (place !== location.pathname + location.search) location.replace(location.origin + place);
}

// One listener for as long as the page is open: what is pressed while the page is drawn anew, when
// nobody is there to be told, is told as soon as somebody is.
function listen(setTriggerValue) {
  window.scrutinyTell = setTriggerValue;
  if (window.scrutinyUntold !== undefined) {
    const act = window.scrutinyUntold;
    window.scrutinyUntold = undefined;
    setTriggerValue("act", act);
  }
  if (document.documentElement.dataset.listening) return;
  document.documentElement.dataset.listening = "yes";
  document.addEventListener("click", onClick);
  document.addEventListener("pointerdown", onDown);
  document.addEventListener("pointerup", onUp);
  document.addEventListener("keydown", onKey);
  addSkipLink();
  new MutationObserver(soon(tidy)).observe(document.body, { childList: true, subtree: true });
  tidy();
  setInterval(look, LOOK_MS);
}

// ---------------------------------------------------------------- the keyboard

// The first stop of the keyboard leads past all others to what the page is for.
function addSkipLink() {
  const skip = document.createElement("a");
  skip.className = "skip";
  skip.href = "#page-title";
  skip.addEventListener("click", (event) => {
    event.preventDefault();
    (document.querySelector(BOX) ?? document.getElementById("page-title"))?.focus();
  });
  document.body.prepend(skip);
}

// What the frame around the pages draws is named in a reader's words.
function tidy() {
  const skip = document.querySelector("a.skip");
  const { toBox, toPage, show, hide } = window.scrutinyWords;
  const words = document.querySelector(BOX) ? toBox : toPage;
  if (skip && skip.textContent !== words) skip.textContent = words;
  // What scrolls by itself is reached by the keyboard.
  for (const box of document.querySelectorAll('[data-testid="stVerticalBlock"][overflow="auto"]'))
    if (!box.hasAttribute("tabindex")) box.tabIndex = 0;
  for (const [id, name] of [
    ["stExpandSidebarButton", show],
    ["stSidebarCollapseButton", hide],
  ]) {
    const found = document.querySelector(`[data-testid="${id}"]`);
    const control = found?.matches("button") ? found : found?.querySelector("button");
    if (control && control.getAttribute("aria-label") !== name) {
      control.setAttribute("aria-label", name);
      control.title = name;
    }
  }
}

function soon(work) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      work();
    }, 100);
  };
}

// Escape closes the open source; the arrows go through the list of conversations.
function onKey(event) {
  if (event.defaultPrevented) return;
  const away = document.querySelector(".viewer .back");
  if (event.key === "Escape" && away && !event.target.closest?.("[role=dialog], [role=listbox]"))
    press(away);
  const at = event.target.closest?.("button.conversation");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!at || !step) return;
  const all = [...at.closest("ul").querySelectorAll("button.conversation")];
  const to = all[all.indexOf(at) + step];
  if (to) {
    event.preventDefault();
    to.focus();
  }
}

// ---------------------------------------------------------------- whether the server answers

async function look() {
  if (document.hidden) return;
  let answers = false;
  try {
    const address = new URL("./_stcore/health", location.href);
    const signal = AbortSignal.timeout(5000);
    answers = (await fetch(address, { cache: "no-store", signal })).ok;
  } catch {
    answers = false;
  }
  window.scrutinyMissed = answers ? 0 : (window.scrutinyMissed ?? 0) + 1;
  const root = document.documentElement;
  if (window.scrutinyMissed >= MISSED && root.dataset.gone === undefined) gone(root);
  else if (answers && root.dataset.gone !== undefined) back(root);
}

function gone(root) {
  root.dataset.gone = "";
  window.scrutinyKept = document.querySelector(BOX)?.value ?? "";
  const told = document.createElement("p");
  told.className = "gone";
  told.setAttribute("role", "alert");
  document.body.prepend(told);
  told.textContent = window.scrutinyWords.gone;
}

function back(root) {
  delete root.dataset.gone;
  document.querySelector("p.gone")?.remove();
  keep(window.scrutinyKept ?? "");
}

// What was typed is put back where the box has been drawn anew without it.
function keep(words, tries = 40) {
  if (!words) return;
  const box = document.querySelector(BOX);
  if (!box || box.disabled) {
    if (tries > 0) setTimeout(() => keep(words, tries - 1), 250);
  } else if (!box.value) {
    const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
    set.call(box, words);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

// ---------------------------------------------------------------- what is pressed

function tell(act) {
  if (window.scrutinyTell) window.scrutinyTell("act", act);
  else window.scrutinyUntold = act;
}

function onClick(event) {
  const control = event.target.closest?.(CONTROLS);
  // A link that is to be opened beside this page is the browser's own.
  if (!control || (control.href && (event.ctrlKey || event.metaKey || event.shiftKey))) return;
  event.preventDefault();
  press(control);
}

// A page that is drawn anew or scrolled under a pointer that is down has the pointer go up over
// something else, and the browser makes no click of it. What was pressed is what lay under it.
function onDown(event) {
  const control = event.isPrimary && event.button === 0 && event.target.closest?.(CONTROLS);
  const is = control && !control.disabled;
  window.scrutinyDown = is ? { control, x: event.clientX, y: event.clientY } : undefined;
}

function onUp(event) {
  const down = window.scrutinyDown;
  window.scrutinyDown = undefined;
  if (!down || Math.hypot(event.clientX - down.x, event.clientY - down.y) > STILL) return;
  if (!down.control.contains(event.target)) press(down.control);
}

function press(control) {
  const { act, copy: words, go } = control.dataset;
  if (words !== undefined) copy(control, words);
  else if (go !== undefined) ["top", "focus"].forEach((how) => attend({ id: go, how }));
  else {
    window.scrutinyCameFrom = control.id || window.scrutinyCameFrom;
    window.scrutinyPlace = control.id && { id: control.id, top: control.getBoundingClientRect().top };
    tell(act);
  }
}

// Wait for the element to be drawn, then bring it into view or put the keyboard there.
function attend(step, tries = 40) {
  const element = document.getElementById(step.how === "back" ? window.scrutinyCameFrom : step.id);
  if (!element) {
    if (tries > 0) setTimeout(() => attend(step, tries - 1), 50);
    return;
  }
  if (step.how === "top") element.scrollIntoView({ block: "start" });
  else if (step.how === "centre") centre(element);
  else {
    // What stands in the pane is in view already; to scroll to it would lose the place beside it.
    if (element.closest(PANE)) keepPlace();
    else element.scrollIntoView({ block: "nearest" });
    element.focus({ preventScroll: true });
  }
}

// What was pressed stays where it was, though a pane that opened has moved the words around it.
function keepPlace() {
  const place = window.scrutinyPlace;
  const element = place && document.getElementById(place.id);
  const main = element?.closest('[data-testid="stMain"]');
  if (main) main.scrollTop += element.getBoundingClientRect().top - place.top;
}

// Scroll what an element stands in on its pane, and nothing around that: what names the source
// stays in view above its page.
function centre(element) {
  const pane = element.closest(".sheet") ?? element.closest(PANE);
  for (let box = element.parentElement; box && pane?.contains(box); box = box.parentElement) {
    const [inner, outer] = [element.getBoundingClientRect(), box.getBoundingClientRect()];
    const off = inner.top + inner.height / 2 - (outer.top + outer.height / 2);
    if (box.scrollHeight > box.clientHeight) box.scrollTop += off;
    const aside = inner.left + inner.width / 2 - (outer.left + outer.width / 2);
    if (box.scrollWidth > box.clientWidth) box.scrollLeft += aside;
  }
}

async function copy(control, words) {
  try {
    await navigator.clipboard.writeText(words);
  } catch {
    // A page that is served to others without a certificate has no clipboard of its own.
    const area = document.createElement("textarea");
    area.value = words;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    control.focus();
  }
  if (control.scrutinySaid) return;
  control.scrutinySaid = control.textContent;
  control.textContent = window.scrutinyWords.copied;
  setTimeout(() => {
    control.textContent = control.scrutinySaid;
    control.scrutinySaid = undefined;
  }, 1600);
}
