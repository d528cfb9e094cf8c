import './lib/design/tokens.css';
import './lib/design/base.css';
import './lib/ui/ui.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { plantSprite } from './lib/ui/sprite';

plantSprite(document);
mount(App, { target: document.getElementById('app')! });
