//go:build linux && cgo && webkit2_41

package window

/*
#cgo pkg-config: gtk+-3.0 webkit2gtk-4.1
#include <webkit2/webkit2.h>

void kontor_watch_page(void);
void kontor_reload_page(void);
void kontor_zoom_page(int percent);
*/
import "C"

// watched is the one reviver of the one window of this process.
var watched *reviver

// watchPage tells the reviver when WebKit's process has ended, keeps the window from being led elsewhere, and the page
// from reaching more of Wails than its bound methods. To be called once, when there is a window.
func watchPage(r *reviver) {
	r.load = func() { C.kontor_reload_page() }
	watched = r
	C.kontor_watch_page()
}

// Zoom shows the page at so many per cent of its size, as a browser does: its layout follows the room that is left.
func Zoom(percent int) bool {
	C.kontor_zoom_page(C.int(percent))
	return true
}

//export kontorPageEnded
func kontorPageEnded(reason C.int) C.int {
	name := map[C.int]string{
		C.WEBKIT_WEB_PROCESS_CRASHED:               "crashed",
		C.WEBKIT_WEB_PROCESS_EXCEEDED_MEMORY_LIMIT: "memory",
		C.WEBKIT_WEB_PROCESS_TERMINATED_BY_API:     "ended by the program",
	}[reason]
	if watched.died(name) {
		return 1
	}
	return 0
}

//export kontorPageStays
func kontorPageStays() { watched.log.Warn("the page was asked to lead elsewhere, and stays") }

//export kontorMayPass
func kontorMayPass(message *C.char) C.int {
	if mayPass(C.GoString(message)) {
		return 1
	}
	return 0
}

// kontorKeptBack is told of a message that was kept back; 0: Wails no longer takes them where it did, and all pass.
//
//export kontorKeptBack
func kontorKeptBack(seen C.int) {
	if seen == 0 {
		watched.log.Error("messages of the page cannot be looked at")
		return
	}
	watched.log.Warn("the page asked for what is not for it")
}
