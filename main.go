// Kontor is a desktop companion for people who have an account with Infomaniak.
package main

import (
	"context"
	"embed"
	"log"
	"os"
	"path/filepath"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/runtime"

	"kontor/app"
	"kontor/internal/fault"
)

//go:embed all:frontend/dist
var assets embed.FS

// version is set by the release build.
var version = "dev"

func main() {
	dir, err := os.UserConfigDir()
	if err != nil {
		log.Fatal(err)
	}
	kontor := app.New(app.Options{Workspace: filepath.Join(dir, "kontor"), Version: version})
	if !bindings {
		_ = kontor.Open(context.Background()) // the window says why it failed
	}
	err = wails.Run(&options.App{
		Title: "Kontor", Width: 1280, Height: 800, MinWidth: 800, MinHeight: 600,
		AssetServer:    &assetserver.Options{Assets: assets, Middleware: kontor.Media},
		ErrorFormatter: func(err error) any { return fault.JSON(err) },
		OnStartup: func(ctx context.Context) {
			kontor.Startup(func(name string, data ...any) { runtime.EventsEmit(ctx, name, data...) })
			kontor.UseDialogs(dialogs{ctx})
		},
		OnShutdown: func(context.Context) { kontor.Shutdown() },
		Bind:       kontor.Services(),
		Linux:      &linux.Options{WebviewGpuPolicy: linux.WebviewGpuPolicyNever},
	})
	if err != nil {
		log.Fatal(err)
	}
}
