// Opens the printed page in a tab of its own and asks the browser to print it; where tabs are blocked, the page is downloaded.
let tab = null;
let done = "";

export default function (component) {
  const { setTriggerValue, parentElement, data } = component;
  const button = parentElement.querySelector("button");
  button.textContent = data.label;
  button.onclick = () => {
    tab = window.open("", "_blank");
    if (tab) {
      tab.document.title = data.label;
      tab.document.body.textContent = data.wait;
    }
    button.disabled = true;
    setTriggerValue("wanted", true);
  };
  if (!data.page || data.ticket === done) return;
  done = data.ticket;
  button.disabled = false;
  if (tab && !tab.closed) {
    tab.document.open();
    tab.document.write(data.page);
    tab.document.close();
    const opened = tab;
    setTimeout(() => { opened.focus(); opened.print(); }, 150);
  } else {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([data.page], { type: "text/html" }));
    link.download = data.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }
}
