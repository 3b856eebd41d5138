// The one script of the pages. A control is plain HTML with a data attribute, so that it can stand
// in the middle of a sentence; what it asks for goes to Python as one line of text.
const PANE = ".st-key-beside";
const CONTROLS = "[data-act], [data-copy], [data-go]";
const STILL = 6; // pixels within which a pointer has not moved

const CAME_FOR = "scrutiny-came-for";

export default function controls(component) {
  const { setTriggerValue, data } = component;

  if (data?.comeBack) sessionStorage.setItem(CAME_FOR, location.pathname + location.search);
  if (data?.listen) {
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
}

function tell(act) {
  if (window.scrutinyTell) window.scrutinyTell("act", act);
  else window.scrutinyUntold = act;
}

function onClick(event) {
  // The link to the page that is open leads from what is open in it to its beginning.
  if (event.target.closest?.('a[aria-current="page"]')) tell("home");
  const control = event.target.closest?.(CONTROLS);
  if (!control) return;
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
    if (!element.closest(PANE)) element.scrollIntoView({ block: "nearest" });
    element.focus({ preventScroll: true });
  }
}

// Scroll the pane that an element stands in, and nothing around the pane.
function centre(element) {
  const pane = element.closest(PANE);
  for (let box = element.parentElement; box && pane?.contains(box); box = box.parentElement) {
    const [inner, outer] = [element.getBoundingClientRect(), box.getBoundingClientRect()];
    const off = inner.top + inner.height / 2 - (outer.top + outer.height / 2);
    if (box.scrollHeight > box.clientHeight) box.scrollTop += off;
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
  control.textContent = "Copied";
  setTimeout(() => {
    control.textContent = control.scrutinySaid;
    control.scrutinySaid = undefined;
  }, 1600);
}
