// Package sandbox runs WebAssembly modules of others on files of strangers. A module reaches nothing but its own memory;
// that memory, and the work that it may do, are bounded, and a caller who no longer waits ends it. It is compiled when it is
// first needed, for as long as the program runs: nothing is kept on the disk, where somebody could exchange it.
package sandbox

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"

	"kontor/internal/host/beside"
)

var (
	// ErrWork says that a run came to the end of the work that it may do.
	ErrWork = errors.New("sandbox: too much work")
	// ErrTrap says that a module gave up: it panicked, or wanted more memory than it may have.
	ErrTrap = errors.New("sandbox: the module gave up")
)

// Module is a WebAssembly module. Its fields are set once, before the first Run.
type Module struct {
	Name     string
	Packed   []byte                         // the module, compressed by gzip
	Memory   int                            // bytes that a run may hold at most
	Work     int64                          // steps of one run, see metered
	Host     func(wazero.HostModuleBuilder) // what it may call, under HostName; nil where it calls nothing of ours
	HostName string
	Starts   []string // functions to be called first, where they are exported

	once     sync.Once
	one      sync.Mutex // runs wait for each other: together they would hold twice the memory
	runtime  wazero.Runtime
	compiled wazero.CompiledModule
	err      error
}

// prepare compiles the module; it takes about a second of work, once.
func (m *Module) prepare() error {
	m.once.Do(func() { m.err = m.compile(context.Background()) })
	return m.err
}

// Warm compiles the module ahead of the first run.
func (m *Module) Warm() { _ = m.prepare() }

func (m *Module) compile(ctx context.Context) error {
	packed, err := gzip.NewReader(bytes.NewReader(m.Packed))
	if err != nil {
		return err
	}
	plain, err := io.ReadAll(packed)
	if err != nil {
		return err
	}
	counted, err := metered(plain, m.Work)
	if err != nil {
		return err
	}
	const page = 1 << 16
	m.runtime = wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfig().
		WithMemoryLimitPages(uint32(m.Memory/page))) //nolint:gosec // at most 65,536
	if m.Host != nil {
		host := m.runtime.NewHostModuleBuilder(m.HostName)
		m.Host(host)
		if _, err := host.Instantiate(ctx); err != nil {
			return err
		}
	}
	// Modules from C expect a system. This one has no files, no clock, no chance and nobody who listens.
	if _, err := wasi_snapshot_preview1.Instantiate(ctx, m.runtime); err != nil {
		return err
	}
	m.compiled, err = m.runtime.CompileModule(ctx, counted)
	return err
}

// Run gives use a fresh instance of the module, which is gone when it returns. Whatever goes wrong inside ends in an
// error: that of the context, ErrWork, ErrTrap, or the one that use returned for a reason of its own.
func (m *Module) Run(ctx context.Context, use func(context.Context, *Instance) error) (err error) {
	return m.RunWithin(ctx, m.Work, use)
}

// RunWithin is Run with another bound of the work, in steps.
func (m *Module) RunWithin(ctx context.Context, work int64, use func(context.Context, *Instance) error) (err error) {
	m.one.Lock()
	defer m.one.Unlock()
	if err := m.prepare(); err != nil {
		return fmt.Errorf("sandbox %s: %w", m.Name, err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	i := &Instance{module: m}
	ctx = experimental.WithMemoryAllocator(context.WithValue(ctx, instanceKey{}, i), &sparing{})
	inside, err := m.runtime.InstantiateModule(ctx, m.compiled, wazero.NewModuleConfig().WithName("").WithStartFunctions(m.Starts...))
	if err != nil {
		return i.failed(ctx, err)
	}
	defer func() { _ = inside.Close(context.WithoutCancel(ctx)) }() // it only lets go of memory
	i.inside = inside
	i.fuel, i.work = inside.ExportedGlobal(fuelName).(api.MutableGlobal), work
	i.fuel.Set(uint64(work)) //nolint:gosec // as a signed number
	defer i.watch(ctx)()
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v", ErrTrap, r)
		}
	}()
	return use(ctx, i)
}

// Instance is a module at work.
type Instance struct {
	module *Module
	inside api.Module
	fuel   api.MutableGlobal
	work   int64 // that it may do
	State  any   // of the host's functions
}

type instanceKey struct{}

// In is the instance that calls a function of the host's.
func In(ctx context.Context) *Instance { return ctx.Value(instanceKey{}).(*Instance) }

// Call calls an exported function and returns its result, 0 where it has none.
func (i *Instance) Call(ctx context.Context, name string, args ...uint64) (uint64, error) {
	f := i.inside.ExportedFunction(name)
	if f == nil {
		return 0, fmt.Errorf("sandbox: %s has no %s", i.module.Name, name)
	}
	results, err := f.Call(ctx, args...)
	if err != nil {
		return 0, i.failed(ctx, err)
	}
	if len(results) == 0 {
		return 0, nil
	}
	return results[0], nil
}

// failed names what ended a run.
func (i *Instance) failed(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case i.fuel != nil && i.Used() > i.work:
		return ErrWork
	}
	return fmt.Errorf("%w: %w", ErrTrap, err)
}

// Used is the work that was done so far.
func (i *Instance) Used() int64 {
	return i.work - int64(i.fuel.Get()) //nolint:gosec // it was written as a signed number
}

// watch takes the fuel away when the caller no longer waits. The runtime's own way, a question at each round of each loop,
// makes a module ten times as slow. The module may write its count over ours, so that it is taken until it is gone.
func (i *Instance) watch(ctx context.Context) (stop func()) {
	done, ended := make(chan struct{}), make(chan struct{})
	beside.Go(nil, "sandbox", func() {
		defer close(ended)
		select {
		case <-done:
			return
		case <-ctx.Done():
		}
		again := time.NewTicker(time.Millisecond)
		defer again.Stop()
		for {
			i.fuel.Set(1<<64 - 1<<62)
			select {
			case <-done:
				return
			case <-again.C:
			}
		}
	})
	return func() { close(done); <-ended }
}

// Held is how many bytes the module has.
func (i *Instance) Held() int { return int(i.inside.Memory().Size()) }

// Read copies bytes out of the module.
func (i *Instance) Read(at, size uint32) ([]byte, error) {
	b, ok := i.inside.Memory().Read(at, size)
	if !ok {
		return nil, fmt.Errorf("%w: it points outside its memory", ErrTrap)
	}
	return bytes.Clone(b), nil
}

// View is Read without the copy: it is valid until the module is called again.
func (i *Instance) View(at, size uint32) ([]byte, error) {
	b, ok := i.inside.Memory().Read(at, size)
	if !ok {
		return nil, fmt.Errorf("%w: it points outside its memory", ErrTrap)
	}
	return b, nil
}

// Write copies bytes into the module.
func (i *Instance) Write(at uint32, b []byte) error {
	if !i.inside.Memory().Write(at, b) {
		return fmt.Errorf("%w: it points outside its memory", ErrTrap)
	}
	return nil
}

// Number reads four bytes.
func (i *Instance) Number(at uint32) (uint32, error) {
	n, ok := i.inside.Memory().ReadUint32Le(at)
	if !ok {
		return 0, fmt.Errorf("%w: it points outside its memory", ErrTrap)
	}
	return n, nil
}
