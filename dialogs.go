package main

import (
	"context"
	"strings"

	"github.com/wailsapp/wails/v2/pkg/runtime"

	"kontor/internal/host/bridge"
)

// dialogs opens the system's dialogs over the window of ctx.
type dialogs struct{ ctx context.Context }

// Save asks where a file shall go.
func (d dialogs) Save(o bridge.SaveDialog) (string, error) {
	return runtime.SaveFileDialog(d.ctx, runtime.SaveDialogOptions{
		Title: o.Title, DefaultFilename: o.Name,
		Filters: []runtime.FileFilter{{DisplayName: o.Filter, Pattern: "*." + o.Ending}},
	})
}

// Open asks which file to take.
func (d dialogs) Open(o bridge.OpenDialog) (string, error) {
	patterns := make([]string, len(o.Endings))
	for i, ending := range o.Endings { // some systems tell large from small letters
		patterns[i] = "*." + ending + ";*." + strings.ToUpper(ending)
	}
	return runtime.OpenFileDialog(d.ctx, runtime.OpenDialogOptions{
		Title:   o.Title,
		Filters: []runtime.FileFilter{{DisplayName: o.Filter, Pattern: strings.Join(patterns, ";")}},
	})
}

// Directory asks for a folder.
func (d dialogs) Directory(title string) (string, error) {
	return runtime.OpenDirectoryDialog(d.ctx, runtime.OpenDialogOptions{Title: title, CanCreateDirectories: true})
}
