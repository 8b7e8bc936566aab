/** Starts the window: styles, platform, then the app. */
import { mount } from "svelte";
import App from "./App.svelte";
import { connect } from "./platform";
import { begin } from "./state/session.svelte";
import "./styles/app.scss";

const target = document.getElementById("app");
if (target) {
  connect()
    .then(() => begin())
    .then(() => mount(App, { target }))
    .catch((error: { title?: string; hint?: string }) => {
      target.textContent = [error.title, error.hint].filter(Boolean).join(" ");
    });
}
