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
    view.ask({ do: "hello", token: me });
    return () => {
      model.off("change:screen", draw);
      view.close();
      root.remove();
    };
  },
};
