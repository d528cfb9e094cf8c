//go:build cgo && webkit2_41

/* Wails tells nobody that WebKit's process has ended. Its web view is found among the program's windows. */
#include <webkit2/webkit2.h>

extern int kontorPageEnded(int reason);

static WebKitWebView *page;

static void ended(WebKitWebView *view, WebKitWebProcessTerminationReason reason, gpointer none) {
    if (kontorPageEnded(reason)) webkit_web_view_reload(view);
}

static void find(GtkWidget *widget, gpointer none) {
    if (WEBKIT_IS_WEB_VIEW(widget))
        page = WEBKIT_WEB_VIEW(widget);
    else if (GTK_IS_CONTAINER(widget))
        gtk_container_forall(GTK_CONTAINER(widget), find, NULL);
}

static gboolean watch(gpointer none) {
    GList *windows = gtk_window_list_toplevels();
    for (GList *w = windows; w && !page; w = w->next) find(w->data, NULL);
    g_list_free(windows);
    if (page) g_signal_connect(page, "web-process-terminated", G_CALLBACK(ended), NULL);
    return G_SOURCE_REMOVE;
}

static gboolean reload(gpointer none) {
    if (page) webkit_web_view_reload(page);
    return G_SOURCE_REMOVE;
}

/* Both may be called from any thread. */
void kontor_watch_page(void) { g_idle_add(watch, NULL); }
void kontor_reload_page(void) { g_idle_add(reload, NULL); }
