//go:build linux && cgo && webkit2_41

/*
 * A text on GTK's clipboard, with the hint that Klipper and others respect. GTK asks for the text when somebody pastes;
 * it lies here until then, and is overwritten when it is replaced.
 */
#include <gtk/gtk.h>
#include <string.h>

typedef struct {
    char *text;
    int secret;
    unsigned long mark;
} Entry;

enum { TEXT, HINT };

static Entry *held; /* what this program has on the clipboard; used by GTK's thread alone */

static void done(Entry *entry) {
    explicit_bzero(entry->text, strlen(entry->text));
    free(entry->text);
    g_free(entry);
}

static void give(GtkClipboard *board, GtkSelectionData *data, guint kind, gpointer owner) {
    Entry *entry = owner;
    if (kind == HINT)
        gtk_selection_data_set(data, gtk_selection_data_get_target(data), 8, (const guchar *)"secret", 6);
    else
        gtk_selection_data_set_text(data, entry->text, -1);
}

static void lost(GtkClipboard *board, gpointer owner) {
    if (held == owner) held = NULL;
    done(owner);
}

static gboolean put(gpointer given) {
    Entry *entry = given;
    GtkTargetList *list = gtk_target_list_new(NULL, 0);
    gtk_target_list_add_text_targets(list, TEXT);
    if (entry->secret) gtk_target_list_add(list, gdk_atom_intern_static_string("x-kde-passwordManagerHint"), 0, HINT);
    int count;
    GtkTargetEntry *targets = gtk_target_table_new_from_list(list, &count);
    GtkClipboard *board = gtk_clipboard_get(GDK_SELECTION_CLIPBOARD);
    if (gtk_clipboard_set_with_data(board, targets, count, give, lost, entry)) {
        held = entry;
        /* What is no secret outlives the program, where somebody keeps it. */
        if (!entry->secret) gtk_clipboard_set_can_store(board, NULL, 0);
    } else {
        done(entry);
    }
    gtk_target_table_free(targets, count);
    gtk_target_list_unref(list);
    return G_SOURCE_REMOVE;
}

static gboolean clear(gpointer mark) {
    if (held && held->mark == GPOINTER_TO_SIZE(mark)) gtk_clipboard_clear(gtk_clipboard_get(GDK_SELECTION_CLIPBOARD));
    return G_SOURCE_REMOVE;
}

void kontor_clipboard_put(char *text, int secret, unsigned long mark) {
    Entry *entry = g_new(Entry, 1);
    *entry = (Entry){text, secret, mark};
    g_idle_add_full(G_PRIORITY_DEFAULT, put, entry, NULL);
}

void kontor_clipboard_clear(unsigned long mark) {
    g_idle_add_full(G_PRIORITY_DEFAULT, clear, GSIZE_TO_POINTER(mark), NULL);
}
