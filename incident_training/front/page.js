// The screen inside a notebook: a widget's comm carries the data, `mount` draws it.

import { leads, place, token } from "./place.js";
import { mount } from "./view.js";

export default {
  render({ model, el }) {
    const root = document.createElement("div");
    el.append(root);
    const here = place();
    const me = token(here);
    const view = mount(root, (message) => model.send(message), { href: (name) => leads(name, here, me), me });
    const draw = () => view.draw(model.get("screen"));
    model.on("change:screen", draw);
    draw();
    // A screen already here may not change when the kernel answers, so only an empty page waits for it.
    const hello = { do: "hello", token: me };
    if (model.get("screen")?.id) model.send(hello);
    else view.ask(hello);
    return () => {
      model.off("change:screen", draw);
      view.close();
      root.remove();
    };
  },
};
