// Package window opens the program's window: one for a person and a workspace, where it was the last time, closed to
// everything that does not come from the program itself.
package window

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	goruntime "runtime"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/logger"
	"github.com/wailsapp/wails/v2/pkg/menu"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/options/mac"
	"github.com/wailsapp/wails/v2/pkg/runtime"

	"kontor/internal/host/beside"
	"kontor/internal/host/ownfile"
)

// Options say what the window shows.
type Options struct {
	Title    string
	Dir      string // where size and place are remembered; "" remembers nothing
	Theme    string // light, dark or contrast: what the page will be painted in
	Assets   fs.FS
	Services []any                  // what the page may call
	Error    func(err error) string // the form in which an error reaches the page
	Stopped  func()
	Language func() string     // it, es, fr, de or en, of what is said where there is no page
	Opened   func(file string) // a file of the program's own was opened from outside; it may be called before Started
	Claim    *Claim            // nil while bindings are generated, and where nothing could be claimed

	// Middleware answers for what is not among the assets, e.g. pictures.
	Middleware func(next http.Handler) http.Handler
	// Started is called when the window can take events; its context is the only one that Wails takes.
	Started func(ctx context.Context, emit func(name string, data ...any))
	Log     *slog.Logger
}

// Run shows the window until it is closed. That it cannot be shown is an error, not a panic.
func Run(o Options) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the window cannot be opened: %v", p)
		}
	}()
	thriftyEngine()
	return wails.Run(configure(o))
}

func configure(o Options) *options.App {
	if o.Middleware == nil {
		o.Middleware = func(next http.Handler) http.Handler { return next }
	}
	k := newPlacement(o.Dir, places(), o.Log)
	start := options.Normal
	if k.saved.Maximised {
		start = options.Maximised
	}
	config := &options.App{
		Title: o.Title, Width: k.saved.Width, Height: k.saved.Height, MinWidth: MinWidth, MinHeight: MinHeight,
		WindowStartState: start,
		BackgroundColour: background(o.Theme),
		AssetServer:      &assetserver.Options{Assets: unpacked{o.Assets}, Middleware: assetserver.ChainMiddleware(secure, o.Middleware)},
		Bind:             o.Services,
		ErrorFormatter:   func(err error) any { return o.Error(err) }, // text: an object would arrive as "[object Object]"
		// The menu of the web view appears in text fields and over selected text only.
		EnableDefaultContextMenu: true,
		Menu:                     nativeMenu(),
		Logger:                   wailsLog{o.Log},
		LogLevelProduction:       logger.ERROR,
		Mac:                      &mac.Options{OnFileOpen: func(path string) { opened(path, o.Opened) }},
		Linux:                    &linux.Options{WebviewGpuPolicy: linux.WebviewGpuPolicyNever, ProgramName: "kontor"},
	}
	if o.Dir == "" {
		return config
	}
	watching, stop := context.WithCancel(context.Background())
	ending, events := newClosing(), &early{}
	config.OnStartup = func(ctx context.Context) {
		w := wailsWindow{ctx}
		k.restore(w)
		ending.listen(w)
		beside.Go(o.Log, "end", func() { ending.endWith(watching) })
		events.emit = func(name string, data ...any) { runtime.EventsEmit(ctx, name, data...) }
		o.Started(ctx, events.send)
		o.Claim.OnRaise(func(file string) {
			w.raise()
			if file != "" {
				o.Opened(file)
			}
		})
		beside.Go(o.Log, "placement", func() { k.run(watching, w) })
		watchPage(newReviver(o.Log, func() bool { return w.confirm(o.Title, endedTooOften(o.Language())) }))
	}
	config.OnDomReady = func(context.Context) {
		events.ready()
		ending.has(0) // a page that was loaded anew tells again what it has
	}
	config.OnBeforeClose = func(ctx context.Context) bool {
		if !ending.may() {
			return true
		}
		k.close(wailsWindow{ctx})
		return false
	}
	config.OnShutdown = func(context.Context) {
		stop()
		o.Stopped()
	}
	return config
}

// opened passes a file on that the system hands over where it starts no second program for it.
func opened(path string, pass func(file string)) {
	if file, err := ownfile.Locate(path); err == nil && pass != nil {
		pass(file)
	}
}

// background is the page's colour in a theme, so that nothing flashes before the page is there.
func background(theme string) *options.RGBA {
	switch theme {
	case "dark":
		return options.NewRGB(0x15, 0x19, 0x1a)
	case "contrast":
		return options.NewRGB(0x0a, 0x0c, 0x0c)
	}
	return options.NewRGB(0xf6, 0xf5, 0xf2)
}

// places tells whether a program may know and choose where its window is; under Wayland it may not.
func places() bool {
	return os.Getenv("WAYLAND_DISPLAY") == "" || os.Getenv("GDK_BACKEND") == "x11" || goruntime.GOOS != "linux"
}

// nativeMenu is what macOS needs for its shortcuts (copy, paste, quit) to work; elsewhere the page has them all.
func nativeMenu() *menu.Menu {
	if goruntime.GOOS != "darwin" {
		return nil
	}
	return menu.NewMenuFromItems(menu.AppMenu(), menu.EditMenu(), menu.WindowMenu())
}

// wailsWindow is the real window. Its context is the only one that Wails takes.
type wailsWindow struct{ ctx context.Context }

func (w wailsWindow) dimensions() (int, int) { return runtime.WindowGetSize(w.ctx) }
func (w wailsWindow) position() (int, int)   { return runtime.WindowGetPosition(w.ctx) }
func (w wailsWindow) resize(x, y int)        { runtime.WindowSetSize(w.ctx, x, y) }
func (w wailsWindow) move(x, y int)          { runtime.WindowSetPosition(w.ctx, x, y) }
func (w wailsWindow) maximised() bool        { return runtime.WindowIsMaximised(w.ctx) }
func (w wailsWindow) ordinary() bool         { return runtime.WindowIsNormal(w.ctx) }

func (w wailsWindow) screens() []size {
	list := []size{}
	screens, err := runtime.ScreenGetAll(w.ctx)
	if err != nil {
		return list
	}
	for _, s := range screens {
		list = append(list, size{s.Size.Width, s.Size.Height})
	}
	return list
}

// confirm asks in the system's own dialog, for when there is no page to ask in.
func (w wailsWindow) confirm(title, question string) bool {
	answer, err := runtime.MessageDialog(w.ctx, runtime.MessageDialogOptions{
		Type: runtime.QuestionDialog, Title: title, Message: question,
	})
	return err == nil && answer == "Yes"
}

func (w wailsWindow) raise() {
	runtime.WindowUnminimise(w.ctx)
	runtime.WindowShow(w.ctx)
	runtime.WindowSetAlwaysOnTop(w.ctx, true) // showing alone leaves it behind others
	runtime.WindowSetAlwaysOnTop(w.ctx, false)
}
