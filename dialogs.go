package main

import (
	"context"

	"github.com/wailsapp/wails/v2/pkg/runtime"

	"kontor/app"
)

// dialogs opens the system's dialogs over the window of ctx.
type dialogs struct{ ctx context.Context }

// Save asks where a file shall go.
func (d dialogs) Save(o app.SaveDialog) (string, error) {
	return runtime.SaveFileDialog(d.ctx, runtime.SaveDialogOptions{
		Title: o.Title, DefaultFilename: o.Name,
		Filters: []runtime.FileFilter{{DisplayName: o.Filter, Pattern: "*." + o.Ending}},
	})
}
