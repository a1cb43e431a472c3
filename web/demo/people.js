// The made-up people of a demonstration server, for the pages that sign one of them in.

/** [{id, name, title, previews}]; none where the server has no demonstration. */
export const employees = await fetch('/demo/employees')
  .then((answer) => (answer.ok ? answer.json() : []))
  .catch(() => []);

/** Who is named for the preview in which the channel is; undefined where it is in none. */
export const previewerOf = (channel) => employees.find(({previews}) => previews.includes(channel));

/** What a <parley-chat> asks its page for, to be that person; undefined on a channel that takes no tokens. */
export const tokenOf = (employee, channel) => async () => {
  const address = `/demo/token?employee=${encodeURIComponent(employee)}&channel=${encodeURIComponent(channel)}`;
  return (await (await fetch(address)).json()).token;
};
