/** The look of the sandbox's pages. Light and dark after the system; no fonts, images or other files from anywhere. */
export const style = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #566173; --paper: #f4f5f8; --card: #fff; --line: #d5dae3;
  --accent: #2a4bb8; --accent-soft: #eaeffc; --warn: #7a4d00; --warn-paper: #fff1cf; --warn-line: #f2b632; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ebf2; --soft: #a5afc0; --paper: #14181f; --card: #1d232d;
  --line: #343d4c; --accent: #9db6ff; --accent-soft: #26314d; --warn: #ffd98a; --warn-paper: #33290f; --warn-line: #b98512; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
.banner { margin: 0; padding: .6rem 1.25rem; background: var(--warn-paper); color: var(--warn);
  border-top: 6px solid; border-image: repeating-linear-gradient(-45deg, var(--warn-line) 0 14px, #2b2b2b 14px 28px) 6;
  font-size: .9rem; text-align: center; }
.banner strong { text-transform: uppercase; letter-spacing: .09em; margin-right: .5rem; }
main { max-width: 44rem; margin: 2rem auto 4rem; padding: 0 1.25rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .25rem; }
p { margin: .25rem 0 1rem; }
.lead, .small, .help { color: var(--soft); }
.small, .help { font-size: .875rem; }
.help { margin-top: .5rem; }
.search { display: flex; gap: .6rem; }
a { color: var(--accent); }
input[type=search] { width: 100%; padding: .7rem .9rem; font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--line); border-radius: .6rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
fieldset { border: 0; padding: 0; margin: 1rem 0; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: center; }
legend { float: left; padding: 0; margin-right: 1rem; color: var(--soft); font-size: .9rem; }
ul.persons { list-style: none; margin: 0 0 1.5rem; padding: 0; display: grid; gap: .6rem; }
.person { width: 100%; display: block; text-align: left; padding: .8rem 1rem; font: inherit; color: inherit;
  background: var(--card); border: 1px solid var(--line); border-radius: .7rem; cursor: pointer; }
.person:hover, .person:focus-visible { border-color: var(--accent); background: var(--accent-soft); }
.person .name { display: flex; justify-content: space-between; flex-wrap: wrap; gap: 0 1rem; font-weight: 600; }
.person .number { font: .875rem/1.7 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; color: var(--soft); }
.person .about { display: block; color: var(--soft); font-size: .9rem; }
.person .organisations { display: flex; flex-wrap: wrap; gap: .35rem; margin-top: .45rem; font-size: .82rem; }
.person .organisations > span { border: 1px solid var(--line); border-radius: .5rem; padding: .05rem .5rem; }
.person .organisations .none { font-style: italic; }
.person b { font-weight: 600; } .person i { font-style: normal; color: var(--soft); }
details { border: 1px solid var(--line); border-radius: .7rem; background: var(--card); padding: .6rem 1rem; margin-bottom: .75rem; }
summary { cursor: pointer; font-weight: 600; }
details label { display: block; padding: .15rem 0; }
select { width: 100%; padding: .5rem; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; margin-top: 1.5rem; }
.plain, .primary { font: inherit; padding: .55rem 1.1rem; border-radius: .6rem; border: 1px solid var(--line); background: var(--card); color: inherit; cursor: pointer; }
.primary { background: var(--accent); border-color: var(--accent); color: var(--card); font-weight: 600; }
.language { border: 0; background: none; padding: .2rem 0; color: var(--accent); text-decoration: underline; cursor: pointer; font: inherit; font-size: .875rem; white-space: nowrap; }
[hidden] { display: none !important; }
`;
