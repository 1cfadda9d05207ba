// A desk inside a notebook, in JupyterLab: the widget's comm carries the messages.

import { sit } from "./desk.js";
import { leads, place, token } from "./place.js";

const LOST = "Python does not answer. If it was restarted, run this cell again.";

export default {
  render({ model, el }) {
    const root = document.createElement("div");
    el.append(root);
    const here = place();
    const me = token(here);
    const open = ({ message }) => {
      model.on("msg:custom", message);
      return { send: (content) => model.send(content), close: () => model.off("msg:custom", message) };
    };
    const close = sit(root, open, { me, href: (name) => leads(name, here, me), lost: LOST });
    return () => {
      close();
      root.remove();
    };
  },
};
