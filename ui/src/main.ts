import "$styles/all.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { followTheSystem } from "./frame/display";

followTheSystem();
mount(App, { target: document.getElementById("app")! });
