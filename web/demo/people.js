// The made-up people of a demonstration server, for the pages that sign one of them in.

/** [{id, name, title}]; none where the server has no demonstration. */
export const employees = await fetch('/demo/employees')
  .then((answer) => (answer.ok ? answer.json() : []))
  .catch(() => []);

/** What a <parley-chat> asks its page for, to be that person. */
export const tokenOf = (employee) => async () =>
  (await (await fetch(`/demo/token?employee=${encodeURIComponent(employee)}`)).json()).token;
