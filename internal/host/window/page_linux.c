//go:build cgo && webkit2_41

/*
 * Wails tells nobody that WebKit's process has ended, and lets the page be left for any address. Its web view is found
 * among the program's windows.
 */
#include <webkit2/webkit2.h>

extern int kontorPageEnded(int reason);
extern void kontorPageStays(void);
extern int kontorMayPass(char *message);
extern void kontorKeptBack(int seen);

static WebKitWebView *page;

static void ended(WebKitWebView *view, WebKitWebProcessTerminationReason reason, gpointer none) {
    if (kontorPageEnded(reason)) webkit_web_view_reload(view);
}

/*
 * The window shows the program's own page and nothing else, whatever a script, a dropped file or a form asks for: an
 * address could carry away what the Content-Security-Policy keeps in.
 */
static gboolean decide(WebKitWebView *view, WebKitPolicyDecision *decision, WebKitPolicyDecisionType type, gpointer none) {
    if (type == WEBKIT_POLICY_DECISION_TYPE_RESPONSE) return FALSE;
    WebKitNavigationAction *action =
        webkit_navigation_policy_decision_get_navigation_action(WEBKIT_NAVIGATION_POLICY_DECISION(decision));
    const char *address = webkit_uri_request_get_uri(webkit_navigation_action_get_request(action));
    if (type == WEBKIT_POLICY_DECISION_TYPE_NAVIGATION_ACTION && address && g_str_has_prefix(address, "wails://wails/"))
        return FALSE;
    kontorPageStays();
    webkit_policy_decision_ignore(decision);
    return TRUE;
}

/*
 * Wails takes any message that a script sends. Its handler is kept blocked, and let through for one message at a time.
 */
static gulong wails;

static void received(WebKitUserContentManager *manager, WebKitJavascriptResult *result, gpointer none) {
    char *message = jsc_value_to_string(webkit_javascript_result_get_js_value(result));
    int passes = kontorMayPass(message);
    g_free(message);
    if (!passes) {
        kontorKeptBack(TRUE);
        return;
    }
    g_signal_handlers_block_by_func(manager, received, NULL);
    g_signal_handler_unblock(manager, wails);
    g_signal_emit_by_name(manager, "script-message-received::external", result);
    g_signal_handler_block(manager, wails);
    g_signal_handlers_unblock_by_func(manager, received, NULL);
}

static void wall(WebKitUserContentManager *manager) {
    wails = g_signal_handler_find(manager, G_SIGNAL_MATCH_ID | G_SIGNAL_MATCH_DETAIL,
                                  g_signal_lookup("script-message-received", WEBKIT_TYPE_USER_CONTENT_MANAGER),
                                  g_quark_from_static_string("external"), NULL, NULL, NULL);
    if (!wails) {
        kontorKeptBack(FALSE);
        return;
    }
    g_signal_handler_block(manager, wails);
    g_signal_connect(manager, "script-message-received::external", G_CALLBACK(received), NULL);
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
    if (page) {
        g_signal_connect(page, "web-process-terminated", G_CALLBACK(ended), NULL);
        g_signal_connect(page, "decide-policy", G_CALLBACK(decide), NULL);
        wall(webkit_web_view_get_user_content_manager(page));
    }
    return G_SOURCE_REMOVE;
}

static gboolean zoom(gpointer percent) {
    if (page) webkit_web_view_set_zoom_level(page, GPOINTER_TO_INT(percent) / 100.0);
    return G_SOURCE_REMOVE;
}

static gboolean reload(gpointer none) {
    if (page) webkit_web_view_reload(page);
    return G_SOURCE_REMOVE;
}

/* All may be called from any thread. */
void kontor_watch_page(void) { g_idle_add(watch, NULL); }
void kontor_reload_page(void) { g_idle_add(reload, NULL); }
void kontor_zoom_page(int percent) { g_idle_add(zoom, GINT_TO_POINTER(percent)); }
