// Package e2e drives the real window. It starts the production binary, unmodified, on a screen, a session bus and in a
// home of its own, and finds things in it as a person does: by role and accessible name, as the browser engine computes
// them.
//
//	//go:build e2e
//
//	func TestSimulator(t *testing.T) {
//		w := e2e.Start(t)
//		w.Link("Simulator").Click()
//		w.Field("Quantity").Fill("35")
//		w.See("208.32")
//		w.Axe()
//		w.Screenshot("simulator-light")
//	}
//
// Run it with `make e2e`, one test with `make e2e RUN=TestSimulator`, or plainly, once the front end is built:
//
//	go test -tags e2e ./internal/dev/e2e -run TestSimulator
//
// Nothing needs to be started first: the harness builds the binary and brings up Xvfb, openbox, dbus-daemon,
// gnome-keyring and WebKitWebDriver for each [Desktop], and takes them down with the test. Tests may run in parallel.
//
// # What every test gets for nothing
//
// Each step waits until it can be done, at most [Patience], and fails with what was on the screen instead. At the end
// the window is closed by SIGTERM and has to end with exit code 0. A JavaScript exception, a console error or a breach
// of the Content-Security-Policy fails the test; [Window.ExpectConsole] allows the one that a test provokes. A failed
// test leaves its picture as build/shots/failed-<test>.png and prints the program's log.
//
// # Pieces
//
//   - [Start] opens a window on a new [Desktop]; [NewDesktop] and [Desktop.Start] do it in two steps, for several
//     windows of one person or a start after a crash. Options: [Args], [Env], [Zoom], [NoKeyring], [LockedKeyring].
//   - [Window] has what a person has: [Window.Button], [Window.Field] and so on give an [Element], which is looked for
//     anew at each step; [Window.See] and [Window.Gone] watch the text; [Window.Press] types a shortcut. Beyond that it
//     runs scripts, calls bound methods, checks with axe-core, and can be killed or started again.
//   - [Desktop.Home] is the person's home folder, to look at files and the database in it afterwards.
//
// A string given as a name matches the whole accessible name; [Element.Nth] picks one of several.
package e2e
