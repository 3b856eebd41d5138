// Suggestions for a box while it is typed in: a list of buttons beside it that narrows with each
// letter. Arrows lead from the box into the list and back, Escape closes it; a suggestion that is
// chosen goes into the box, and is asked only when the reader asks it.
const MOST = { councils: 3, topics: 2, questions: 3 };
const FEWEST = 2; // letters from which on something is suggested
const LONGEST_NAME = 5; // words of a name that is completed
const SAID_MS = 700; // how long nothing is typed before the list is announced

export default function suggestionList(component) {
  const { data, parentElement } = component;
  const held = (parentElement.scrutinyHeld ??= begin(parentElement));
  held.data = data;
  return () => {};
}

function begin(parent) {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  const said = document.createElement("p");
  said.className = "unseen";
  said.setAttribute("role", "status");
  parent.replaceChildren(list, said);
  const held = { list, said, data: {}, box: () => document.querySelector(held.data.box) };

  document.addEventListener("input", (event) => {
    if (event.target === held.box() && event.isTrusted) narrow(held);
  });
  // Before the page hears of it: the Escape that closes this list closes no source.
  document.addEventListener("keydown", (event) => onKey(held, event), true);
  document.addEventListener("focusin", (event) => {
    if (event.target !== held.box() && !list.contains(event.target)) close(held);
  });
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("button");
    if (chosen) choose(held, chosen.dataset.whole);
  });
  return held;
}

function narrow(held) {
  const found = matching(held.box().value, held.data);
  held.list.replaceChildren(...found.map(line));
  held.list.hidden = found.length === 0;
  clearTimeout(held.saying);
  held.saying = setTimeout(() => {
    const many = found.length === 1 ? "1 suggestion" : `${found.length} suggestions`;
    held.said.textContent = found.length ? `${many}: arrow ${held.data.above ? "up" : "down"} to choose` : "";
  }, SAID_MS);
}

function line({ whole, words, sort }) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.tabIndex = -1;
  button.dataset.whole = whole;
  button.textContent = words;
  const about = document.createElement("span");
  about.className = "meta";
  about.textContent = sort;
  button.append(" ", about);
  item.append(button);
  return item;
}

function onKey(held, event) {
  const { list } = held;
  if (list.hidden || event.isComposing) return;
  const box = held.box();
  const buttons = [...list.querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement);
  const inBox = document.activeElement === box;
  if (at < 0 && !inBox) return;
  if (event.key === "Enter" && inBox) return close(held);
  if (event.key === "Escape") close(held);
  else if (event.key === "ArrowUp") (buttons[(inBox ? buttons.length : at) - 1] ?? box).focus();
  else if (event.key === "ArrowDown") (buttons[at + 1] ?? box).focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
  if (event.key === "Escape") box.focus();
}

function close(held) {
  clearTimeout(held.saying);
  held.list.hidden = true;
  held.said.textContent = "";
}

function choose(held, whole) {
  const box = held.box();
  const set = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value").set;
  set.call(box, whole);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  close(held);
  box.focus();
  box.setSelectionRange(whole.length, whole.length);
}

// ---------------------------------------------------------------- what matches

function matching(typed, { councils = [], topics = [], questions = [] }) {
  if (typed.trim().length < FEWEST || typed.includes("\n")) return [];
  return [
    ...completed(typed, councils, "council", MOST.councils),
    ...completed(typed, topics, "topic", MOST.topics),
    ...questions
      .filter((question) => holds(question, typed))
      .slice(0, MOST.questions)
      .map((question) => ({ whole: question, words: question, sort: "asked before" })),
  ];
}

// The names that the last words of what is typed begin, the longest beginning first; a name that is
// nearly typed is meant too.
function completed(typed, names, sort, most) {
  if (/\s$/.test(typed)) return [];
  const starts = [...typed.matchAll(/\S+/g)].map((word) => word.index).slice(-LONGEST_NAME);
  for (const start of starts) {
    const part = plain(typed.slice(start));
    if (part.length < FEWEST) continue;
    const begun = names.filter((name) => plain(name).startsWith(part) && plain(name) !== part);
    const meant = begun.length ? begun : names.filter((name) => isNear(part, plain(name)));
    if (meant.length)
      return meant.slice(0, most).map((name) => ({ whole: typed.slice(0, start) + name, words: name, sort }));
  }
  return [];
}

// Every word that is typed begins a word of the question.
function holds(question, typed) {
  const words = plain(question).split(" ");
  const parts = plain(typed).split(" ");
  return plain(question) !== plain(typed) && parts.every((part) => words.some((word) => word.startsWith(part)));
}

function plain(text) {
  return text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

// One slip in a name of five to seven letters, two in a longer one, never in the first letter.
function isNear(said, name) {
  const slips = name.length > 7 ? 2 : 1;
  if (name.length < 5 || said[0] !== name[0] || Math.abs(said.length - name.length) > slips) return false;
  const between = distance(said, name);
  return between > 0 && between <= slips;
}

// Letters put in, left out, exchanged or swapped with their neighbour.
function distance(one, other) {
  const rows = [[...Array(other.length + 1).keys()]];
  for (let i = 1; i <= one.length; i++) {
    rows[i] = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows[one.length][other.length];
}
