import { bytes, number } from '$lib/format';
import { m } from '$lib/i18n';
import type { IconName } from '$lib/ui/icons';
import type { Hint, Limits, Logo } from './api';

/** Words for the codes that Go sends with its measurements. */
const themes: Record<string, () => string> = {
  light: m.branding_theme_light,
  dark: m.branding_theme_dark,
  contrast: m.branding_theme_contrast,
};
export const themeName = (theme: string) => themes[theme]?.() ?? theme;
const groundName = (theme: string) => (theme === 'contrast' ? m.branding_ground_contrast() : themeName(theme));

/** "Manager, dark" */
export const cellName = (place: string, theme: string) =>
  m.branding_cell({
    place: place === 'sidebar' ? m.branding_manager() : m.branding_applications(),
    theme: themeName(theme),
  });

const repairs: Record<string, () => string> = {
  clear: m.branding_repair_clear,
  clear_outside: m.branding_repair_clear_outside,
  trim: m.branding_repair_trim,
  pad: m.branding_repair_pad,
  plate: m.branding_repair_plate,
  light: m.branding_repair_light,
  dark: m.branding_repair_dark,
  rescale: m.branding_repair_rescale,
  strip: m.branding_repair_strip,
};
export const repairName = (repair: string) => repairs[repair]?.() ?? repair;

const icons: Record<string, IconName> = {
  clear: 'image',
  clear_outside: 'image',
  trim: 'crop',
  pad: 'image',
  plate: 'image',
  light: 'moon',
  dark: 'sun',
  rescale: 'arrow-down',
  strip: 'shield',
};
export const repairIcon = (repair: string): IconName | undefined => icons[repair];

/** What the previews show and is said beside them; the rest stands with the facts. */
export const seenInPreview = (hint: Hint) => ['contrast', 'ink', 'ground'].includes(hint.hint);

const kinds: Record<string, () => string> = {
  gps: m.branding_kind_gps,
  camera: m.branding_kind_camera,
  serial: m.branding_kind_serial,
  date: m.branding_kind_date,
  author: m.branding_kind_author,
  software: m.branding_kind_software,
  thumbnail: m.branding_kind_thumbnail,
  xmp: m.branding_kind_xmp,
  iptc: m.branding_kind_iptc,
  text: m.branding_kind_text,
};

/** "GPS position, camera, turned by 90°": what a file tells besides its pixels. */
export function carried(logo: Logo): string {
  const list = logo.metadata.map((one) => kinds[one.kind]?.() ?? one.kind);
  if (logo.turned) list.push(m.branding_kind_turned({ degrees: logo.turned }));
  return list.join(', ');
}

/** The sentence of a piece of advice. */
export function advice(hint: Hint, logo: Logo, limits: Limits): string {
  const figure = hint.figure && number(hint.figure);
  switch (hint.hint) {
    case 'contrast':
      return hint.lost
        ? m.branding_hint_contrast({ theme: groundName(hint.theme), figure })
        : m.branding_hint_weak({ theme: groundName(hint.theme), figure });
    case 'ink':
      return hint.lost ? m.branding_hint_ink({ figure }) : m.branding_hint_ink_weak({ figure });
    case 'enlarged':
      return m.branding_hint_enlarged({ figure });
    case 'ratio':
      return m.branding_hint_ratio({ figure });
    case 'border':
      return m.branding_hint_border({ figure });
    case 'heavy':
      return m.branding_hint_heavy({ max: bytes(limits.maxKilobytes * 1000) });
    case 'ground':
      return m.branding_hint_ground();
    case 'metadata':
      return m.branding_hint_metadata({ kinds: carried(logo) });
    case 'profile':
      return m.branding_hint_profile({ profile: logo.profile });
    default:
      return m.branding_hint_format({ format: logo.format.toUpperCase() });
  }
}

/** "59:12", or "4.2:1" where the exact terms would tell nobody anything. */
export function ratioOf(logo: Logo): string {
  const telling = logo.ratio.split(':').every((term) => Number(term) <= 100);
  return telling ? logo.ratio : `${number((logo.width / logo.height).toFixed(1))}:1`;
}

/** "944 × 192 px, 59:12, 21 kB" */
export const summary = (logo: Logo) =>
  m.branding_picture_facts({
    width: number(logo.width),
    height: number(logo.height),
    ratio: ratioOf(logo),
    weight: bytes(logo.bytes),
  });
