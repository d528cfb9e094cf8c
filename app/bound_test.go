package app_test

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"kontor/app"
	"kontor/internal/area/client"
)

// What the window may call takes and gives plain views only: Wails breaks on a context, ends the process on a number
// that is not finite, and hands a domain type's every field to the page.
func TestBoundMethodsTakeAndGivePlainViews(t *testing.T) {
	taken, given := views{in: true, checked: map[reflect.Type]bool{}}, views{checked: map[reflect.Type]bool{}}
	methods := 0
	for _, service := range app.New(app.Options{}).Services() {
		s := reflect.TypeOf(service)
		for i := range s.NumMethod() {
			method := s.Method(i)
			methods++
			at := s.Elem().Name() + "." + method.Name
			for n := 1; n < method.Type.NumIn(); n++ {
				taken.check(t, at, method.Type.In(n))
			}
			for n := range method.Type.NumOut() {
				out := method.Type.Out(n)
				if out == reflect.TypeFor[error]() && n == method.Type.NumOut()-1 {
					continue
				}
				given.check(t, at, out)
			}
		}
		for i := range s.Elem().NumField() {
			if f := s.Elem().Field(i); f.IsExported() {
				t.Errorf("%s.%s can be reached by the page", s.Elem().Name(), f.Name)
			}
		}
	}
	if methods < 100 || len(taken.checked) < 20 || len(given.checked) < 50 {
		t.Errorf("%d methods, %d and %d types were looked at", methods, len(taken.checked), len(given.checked))
	}
}

// views looks at types in one direction. What the page sends may leave fields out, and a number in JSON is finite.
type views struct {
	in      bool
	checked map[reflect.Type]bool
}

func (c views) check(t *testing.T, at string, v reflect.Type) {
	t.Helper()
	if c.checked[v] {
		return
	}
	c.checked[v] = true
	// Rights write a list of texts.
	for _, marshals := range []reflect.Type{reflect.TypeFor[json.Marshaler](), reflect.TypeFor[encoding.TextMarshaler]()} {
		if !c.in && v != reflect.TypeFor[client.Rights]() && (v.Implements(marshals) || reflect.PointerTo(v).Implements(marshals)) {
			t.Errorf("%s: %s writes itself, which may fail, and Wails has no answer for that", at, v)
		}
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Float64, reflect.Uint8:
		if !c.in {
			t.Errorf("%s: %s", at, v)
		} else if v.Kind() == reflect.Pointer {
			c.check(t, at, v.Elem())
		}
	case reflect.String: // a set of names, e.g. client.Access, is text in the window
	case reflect.Bool, reflect.Int, reflect.Int64:
		if v.PkgPath() != "" {
			t.Errorf("%s: %s is a type of its own", at, v)
		}
	case reflect.Slice, reflect.Array:
		c.check(t, at+"[]", v.Elem())
	case reflect.Map:
		if v.Key().Kind() != reflect.String {
			t.Errorf("%s: %s", at, v)
		}
		c.check(t, at+"[]", v.Elem())
	case reflect.Struct:
		if !strings.HasPrefix(v.PkgPath(), "kontor/") {
			t.Errorf("%s: %s is no view", at, v)
			return
		}
		for i := range v.NumField() {
			f := v.Field(i)
			if f.Anonymous && f.Type.Kind() == reflect.Struct { // its fields stand beside the others, as JSON has them
				c.check(t, at, f.Type)
				continue
			}
			if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name == "" || !unicode.IsLower(rune(name[0])) {
				t.Errorf("%s: %s.%s is named %q in the window", at, v, f.Name, name)
			}
			c.check(t, fmt.Sprintf("%s: %s.%s", at, v.Name(), f.Name), f.Type)
		}
	default:
		t.Errorf("%s: %s", at, v)
	}
}
