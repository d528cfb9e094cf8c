import './lib/design/tokens.css';
import './lib/design/base.css';
import './lib/ui/ui.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { plantSprite } from './lib/ui/sprite';

plantSprite(document);
const target = document.getElementById('app')!;
const query = new URLSearchParams(location.search);

if (import.meta.env.DEV && query.has('gallery')) {
  // not in the built program: Vite drops the branch
  const theme = query.get('theme');
  if (theme) document.documentElement.dataset.theme = theme;
  void import('./gallery/Gallery.svelte').then((gallery) => {
    mount(gallery.default, { target });
    if (theme) document.documentElement.dataset.theme = theme;
  });
} else {
  mount(App, { target });
}
