// Package contract judges requests and answers by Infomaniak's own description of its API. The published files have
// hundreds of mistakes of a few kinds, which Join mends. What Kontor uses of them is kept here as shapes alone; the whole of
// them can be named with KONTOR_OPENAPI, a folder with the published files: make contract.
package contract

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

// Folder is the variable of the environment that names a folder with the published files.
const Folder = "KONTOR_OPENAPI"

//go:embed description.json
var description []byte

//go:embed truths.json
var truths []byte

// operations are those that Kontor asks for. A request for any other is a mistake.
var operations = []struct{ method, path string }{
	{"GET", "/2/profile"},
	{"PATCH", "/2/profile"},
	{"POST", "/2/profile/avatar"},
	{"DELETE", "/2/profile/avatar"},
	{"GET", "/2/profile/emails"},
	{"DELETE", "/2/profile/emails/{email_type}/{email_id}"},
	{"GET", "/2/profile/phones"},
	{"DELETE", "/2/profile/phones/{phone_id}"},
	{"GET", "/2/profile/applications/passwords"},
	{"POST", "/2/profile/applications/passwords"},
	{"GET", "/1/languages"},
	{"GET", "/1/countries"},
	{"GET", "/1/timezones"},
	{"GET", "/1/accounts"},
	{"GET", "/1/accounts/{account_id}/services"},
	{"GET", "/1/products"},
	{"GET", "/2/accounts/{account}/users"},
	{"GET", "/1/accounts/{account}/teams"},
	{"POST", "/1/accounts/{account}/teams"},
	{"PATCH", "/1/accounts/{account}/teams/{team}"},
	{"GET", "/1/accounts/{account}/teams/{team}/users"},
	{"POST", "/1/accounts/{account}/teams/{team}/users"},
	{"DELETE", "/1/accounts/{account}/teams/{team}/users"},
	{"POST", "/1/accounts/{account}/invitations"},
	{"GET", "/1/accounts/{account}/invitations/{invitation}"},
	{"GET", "/2/domains/domains"},
	{"GET", "/2/domains/{domain}/zones"},
	{"GET", "/2/zones/{zone}/records"},
	{"POST", "/2/zones/{zone}/records"},
	{"PUT", "/2/zones/{zone}/records/{record}"},
	{"DELETE", "/2/zones/{zone}/records/{record}"},
	{"GET", "/2/drive"},
	{"GET", "/3/drive/{drive_id}/activities"},
}

// Operations are those that Kontor asks for, "GET /1/accounts/{account_id}/services".
func Operations() []string {
	list := []string{}
	for _, o := range operations {
		list = append(list, o.method+" "+o.path)
	}
	return list
}

// Judge knows a description.
type Judge struct{ router routers.Router }

// New reads a description that is in order.
func New(description []byte) (*Judge, error) {
	loader := openapi3.NewLoader()
	d, err := loader.LoadFromData(description)
	if err != nil {
		return nil, err
	}
	if err := d.Validate(loader.Context, openapi3.DisableExamplesValidation(), openapi3.DisableSchemaPatternValidation()); err != nil {
		return nil, err
	}
	router, err := gorillamux.NewRouter(d)
	return &Judge{router}, err
}

// Default is the judge of every run: by the whole description where Folder names one, else by what is kept here.
var Default = sync.OnceValues(func() (*Judge, error) {
	folder := os.Getenv(Folder)
	if folder == "" {
		return New(description)
	}
	whole, err := Published(folder)
	if err != nil {
		return nil, err
	}
	return New(whole)
})

// Published joins the published files of a folder.
func Published(folder string) ([]byte, error) {
	names, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("%s has no description: %w", folder, errors.Join(err, os.ErrNotExist))
	}
	slices.Sort(names)
	files := [][]byte{}
	for _, name := range names {
		data, err := os.ReadFile(name) //nolint:gosec // a person names the folder
		if err != nil {
			return nil, err
		}
		files = append(files, data)
	}
	return Join(files, truths)
}

var options = &openapi3filter.Options{
	MultiError: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, RejectWhenRequestBodyNotSpecified: true,
	SkipSettingDefaults: true, IncludeResponseStatus: false,
}

// Request gives what is wrong with a request: an operation, a parameter or a field that is not described, or a value that
// does not fit.
func (j *Judge) Request(r *http.Request, body []byte) error {
	input, err := j.input(r, body)
	if err != nil {
		return err
	}
	described := map[string]bool{}
	for _, p := range input.Route.Operation.Parameters {
		described[p.Value.In+" "+p.Value.Name] = true
	}
	var wrong []error
	for name := range r.URL.Query() {
		plain, _, _ := strings.Cut(name, "[")
		if !described["query "+plain] {
			wrong = append(wrong, fmt.Errorf("the parameter %s is not described", name))
		}
	}
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); !ok || token == "" {
		wrong = append(wrong, errors.New("no token"))
	}
	return named(r, errors.Join(append(wrong, openapi3filter.ValidateRequest(r.Context(), input))...))
}

// Answer gives what is wrong with an answer to a request.
func (j *Judge) Answer(r *http.Request, status int, header http.Header, body []byte) error {
	input, err := j.input(r, nil)
	if err != nil {
		return err
	}
	return named(r, openapi3filter.ValidateResponse(r.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: input, Status: status, Header: header, Body: io.NopCloser(bytes.NewReader(body)), Options: options,
	}))
}

func (j *Judge) input(r *http.Request, body []byte) (*openapi3filter.RequestValidationInput, error) {
	r = r.Clone(context.WithoutCancel(r.Context()))
	r.URL.Host, r.URL.Scheme = "", ""
	r.Body = io.NopCloser(bytes.NewReader(body))
	if len(body) == 0 {
		r.Body, r.ContentLength = http.NoBody, 0
	}
	route, places, err := j.router.FindRoute(r)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", r.Method, r.URL.Path, err)
	}
	return &openapi3filter.RequestValidationInput{Request: r, PathParams: places, Route: route, Options: options}, nil
}

// maxTold is how much is told of what is wrong with one request or answer.
const maxTold = 12

func named(r *http.Request, err error) error {
	if err == nil {
		return nil
	}
	all := brief(err)
	if more := len(all) - maxTold; more > 0 {
		all = append(all[:maxTold], fmt.Sprintf("and %d more", more))
	}
	return fmt.Errorf("%s %s: %s", r.Method, r.URL.RequestURI(), strings.Join(all, "; "))
}

// brief says what is wrong and where, without the schema and the value.
func brief(err error) []string {
	var (
		list   interface{ Unwrap() []error }
		multi  openapi3.MultiError
		shape  *openapi3.SchemaError
		answer *openapi3filter.ResponseError
	)
	switch {
	case errors.As(err, &multi):
		return each(multi)
	case errors.As(err, &shape):
		if inner := brief(shape.Origin); len(inner) > 0 {
			return inner
		}
		return []string{"/" + strings.Join(shape.JSONPointer(), "/") + ": " + shape.Reason}
	case errors.As(err, &answer) && answer.Err != nil:
		return brief(answer.Err)
	case errors.As(err, &list):
		return each(list.Unwrap())
	case err != nil:
		return []string{err.Error()}
	}
	return nil
}

func each(list []error) (all []string) {
	for _, one := range list {
		for _, text := range brief(one) {
			if !slices.Contains(all, text) {
				all = append(all, text)
			}
		}
	}
	return all
}
