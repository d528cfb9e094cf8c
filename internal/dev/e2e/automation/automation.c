/* Lets WebKitWebDriver drive the unmodified program. Wails never allows automation; preloaded into the test's process
 * alone, this replaces the one constructor that Wails calls and hands the resulting view to the automation session.
 * It also sends console messages to standard output, where the harness reads them: an error there fails the test. */
#include <stdarg.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <webkit2/webkit2.h>

/* The program hides itself from everybody but root; whoever else runs the tests has to see its sockets. */
int prctl(int option, ...) {
    va_list more;
    va_start(more, option);
    unsigned long a = va_arg(more, unsigned long), b = va_arg(more, unsigned long), c = va_arg(more, unsigned long),
                  d = va_arg(more, unsigned long);
    va_end(more);
    if (option == PR_SET_DUMPABLE && geteuid() != 0) return 0;
    return syscall(SYS_prctl, option, a, b, c, d);
}

static WebKitWebView *give(WebKitAutomationSession *session, WebKitWebView *view) {
    return g_object_ref(view);
}

static void started(WebKitWebContext *context, WebKitAutomationSession *session, WebKitWebView *view) {
    WebKitApplicationInfo *info = webkit_application_info_new();
    webkit_application_info_set_name(info, "Kontor");
    webkit_automation_session_set_application_info(session, info);
    webkit_application_info_unref(info);
    g_signal_connect(session, "create-web-view", G_CALLBACK(give), view);
}

GtkWidget *webkit_web_view_new_with_user_content_manager(WebKitUserContentManager *manager) {
    WebKitWebContext *context = webkit_web_context_get_default();
    webkit_web_context_set_automation_allowed(context, TRUE);
    WebKitWebView *view = g_object_new(WEBKIT_TYPE_WEB_VIEW, "web-context", context, "user-content-manager", manager,
                                       "is-controlled-by-automation", TRUE, NULL);
    webkit_settings_set_enable_write_console_messages_to_stdout(webkit_web_view_get_settings(view), TRUE);
    const char *zoom = getenv("KONTOR_E2E_ZOOM");
    if (zoom) webkit_web_view_set_zoom_level(view, g_ascii_strtod(zoom, NULL));
    g_signal_connect(context, "automation-started", G_CALLBACK(started), view);
    return GTK_WIDGET(view);
}
