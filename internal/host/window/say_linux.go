//go:build linux && cgo && webkit2_41

package window

/*
#include <stdlib.h>
#include <gtk/gtk.h>

static void kontor_say(const char *title, const char *text) {
    if (!gtk_init_check(NULL, NULL)) return;
    GtkWidget *dialog = gtk_message_dialog_new(NULL, 0, GTK_MESSAGE_ERROR, GTK_BUTTONS_CLOSE, "%s", title);
    gtk_message_dialog_format_secondary_text(GTK_MESSAGE_DIALOG(dialog), "%s", text);
    gtk_window_set_title(GTK_WINDOW(dialog), "Kontor");
    gtk_window_set_position(GTK_WINDOW(dialog), GTK_WIN_POS_CENTER);
    gtk_dialog_run(GTK_DIALOG(dialog));
    gtk_widget_destroy(dialog);
    while (gtk_events_pending()) gtk_main_iteration();
}
*/
import "C"

import (
	"runtime"
	"unsafe"
)

// Say shows a message in a dialog of the system and waits until it was read. It is for when there is no window; without a
// screen it does nothing.
func Say(title, text string) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	head, body := C.CString(title), C.CString(text)
	defer C.free(unsafe.Pointer(head))
	defer C.free(unsafe.Pointer(body))
	C.kontor_say(head, body)
}
