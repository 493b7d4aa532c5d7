// What needs a script: suggestions under the search box, printing, noting that a page was copied or
// printed, and following what is under way. Without it every page still works.

const DELAY_MS = 120;

class Suggestions {
  constructor(input) {
    this.input = input;
    this.list = document.createElement("ul");
    this.list.className = "suggestions";
    this.list.id = "suggestions";
    this.list.setAttribute("role", "listbox");
    this.list.hidden = true;
    this.list.setAttribute("aria-label", input.dataset.suggestions);
    this.kinds = JSON.parse(input.dataset.kinds);
    input.parentElement.append(this.list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-controls", this.list.id);
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-autocomplete", "list");
    input.addEventListener("input", () => this.later());
    input.addEventListener("keydown", (event) => this.steer(event));
    input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.chosen = -1;
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.fetch(), DELAY_MS);
  }

  async fetch() {
    const typed = this.input.value.trim();
    this.request?.abort();
    if (!typed) return this.close();
    this.request = new AbortController();
    try {
      const address = `${this.input.dataset.suggest}?q=${encodeURIComponent(typed)}`;
      const answer = await fetch(address, { signal: this.request.signal });
      if (answer.ok) this.show((await answer.json()).suggestions);
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  show(suggestions) {
    this.chosen = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(
      ...suggestions.map((suggestion, index) => {
        const item = document.createElement("li");
        item.id = `suggestion-${index}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        const text = document.createElement("span");
        text.textContent = suggestion.text;
        item.append(text);
        if (this.kinds[suggestion.kind]) {
          const kind = document.createElement("span");
          kind.className = "kind";
          kind.textContent = this.kinds[suggestion.kind];
          item.append(kind);
        }
        item.dataset.question = suggestion.question;
        item.addEventListener("mousedown", () => this.take(item));
        return item;
      }),
    );
    this.list.hidden = suggestions.length === 0;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
  }

  steer(event) {
    if (event.key === "Escape") return this.close();
    if (event.key === "Enter" && this.chosen >= 0) {
      event.preventDefault();
      return this.take(this.list.children[this.chosen]);
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const count = this.list.children.length;
    if (!step || this.list.hidden || !count) return;
    event.preventDefault();
    this.chosen = (this.chosen + step + count) % count;
    [...this.list.children].forEach((item, index) => {
      item.setAttribute("aria-selected", String(index === this.chosen));
    });
    this.input.setAttribute("aria-activedescendant", `suggestion-${this.chosen}`);
  }

  take(item) {
    this.input.value = item.dataset.question;
    this.input.form.submit();
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

for (const input of document.querySelectorAll("input[data-suggest]")) new Suggestions(input);

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Copying and printing belong to the record of uses; each page notes each of them once.
for (const page of document.querySelectorAll("[data-uses]")) {
  const noted = new Set();
  const note = (use) => {
    if (noted.has(use)) return;
    noted.add(use);
    const body = new URLSearchParams({ use, csrf_token: page.dataset.token });
    fetch(page.dataset.uses, { method: "POST", body, keepalive: true });
  };
  page.addEventListener("copy", () => note("copied"));
  window.addEventListener("beforeprint", () => note("printed"));
}

// Part of a page about something under way: fetched anew while it is, the whole page when that has changed.
const FOLLOW_MS = 2000;

for (const part of document.querySelectorAll("[data-follow]")) {
  const later = () => setTimeout(look, FOLLOW_MS);
  const look = async () => {
    if (document.hidden) return later();
    try {
      const answer = await fetch(part.dataset.follow);
      if (!answer.ok) return later();
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-state]");
      if (fresh?.dataset.state !== part.dataset.state) return location.reload();
      part.replaceChildren(...fresh.childNodes);
    } catch {
      // The server is being started anew: the next look finds it.
    }
    return later();
  };
  later();
}
