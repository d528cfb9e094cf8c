/** Two fingers, on a trackpad or on the screen, make the part smaller and larger. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import Cropper from './Cropper.svelte';

const show = () => {
  render(Cropper, {
    source: undefined,
    size: { width: 400, height: 300 },
    crop: { x: 100, y: 50, side: 200 },
    turn: () => undefined,
  });
  return screen.getByRole('application');
};
const pixels = () => parseInt(screen.getByRole('slider').getAttribute('aria-valuetext')!);

test('a trackpad: the wheel with Ctrl', async () => {
  const cropper = show();
  const asked = await fireEvent.wheel(cropper, { deltaY: -30, ctrlKey: true });
  expect(asked).toBe(false); // the page is not enlarged instead
  expect(pixels()).toBeLessThan(200);
  await fireEvent.wheel(cropper, { deltaY: 60, ctrlKey: true });
  expect(pixels()).toBeGreaterThan(200);
});

test('WKWebView: gesture events with a scale since they began', async () => {
  const cropper = show();
  const gesture = (type: string, scale: number) =>
    fireEvent(cropper, Object.assign(new Event(type, { bubbles: true, cancelable: true }), { scale }));
  await gesture('gesturestart', 1);
  await gesture('gesturechange', 1.5);
  await gesture('gesturechange', 2);
  expect(pixels()).toBe(100);
  await gesture('gestureend', 2);
});

test('a touch screen: two pointers, moved apart', async () => {
  const cropper = show();
  const touch = (type: string, pointerId: number, clientX: number) =>
    fireEvent(
      cropper,
      Object.assign(new MouseEvent(type, { bubbles: true, clientX, clientY: 0, button: 0 }), { pointerId }),
    );
  HTMLElement.prototype.setPointerCapture = () => undefined;
  await touch('pointerdown', 1, 100);
  await touch('pointerdown', 2, 200);
  await touch('pointermove', 2, 300);
  expect(pixels()).toBe(100);
  await touch('pointerup', 1, 100);
  await touch('pointermove', 2, 400);
  expect(pixels()).toBe(100); // one finger left does not pinch
});
