package contract

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write description.json anew from the published files")

// Every kind of mistake that the published files have, in one small file.
const mistaken = `{"paths": {"/1/things/{thing}/parts": {"get": {
	"parameters": [{"$ref": "#/components/parameters/Order", "schema": []}, {"name": "order", "in": "query", "schema": {"type": "array"}}],
	"responses": {"200": {"description": "<b>OK</b>", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing", "schema": []}}}}}},
	"post": {"requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {"zone": {"type": "object", "properties": []},
		"source": {"type": "string", "pattern": "/^x", "format": null}}}}}}, "responses": {"200": {"description": "d"}}}}},
	"components": {"parameters": {"Order": {"name": "order", "in": "query", "schema": {"type": "string"}}},
	"schemas": {"Thing": {"title": "Thing", "type": "object", "required": ["id", "deeper"], "collection": true, "properties": {
		"id": {"type": "integer", "format": "timestamp"}, "word": {"type": "string", "nullable": true, "enum": ["a"]}, "rows": {"type": "array"},
		"title": {"type": "string", "example": "x"},
		"either": {"type": "object", "oneOf": [{"type": "array"}, {"type": "integer"}]}}}}}}`

func TestTheMistakesAreRepaired(t *testing.T) {
	t.Parallel()
	whole, err := Join([][]byte{[]byte(mistaken)}, []byte(`{"components": {"schemas": {"f0_Thing": {"properties": {"either": null}}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := New(whole); err != nil {
		t.Errorf("%v\n%s", err, whole)
	}
	var small bytes.Buffer
	if err := json.Compact(&small, whole); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"f0_Thing":{"properties":{"id":{"type":"integer"},"rows":{"items":{},"type":"array"},"title":{"type":"string"},"word":{"enum":["a",null],"type":["string","null"]}},"required":["id"],"type":"object"}`,
		`"parameters":[{"$ref":"#/components/parameters/f0_Order"},{"in":"path","name":"thing","required":true,"schema":{"type":"string"}}]`,
		`"schema":{"additionalProperties":false,"properties":{"source":{"type":"string"},"zone":{"properties":{},"type":"object"}},"type":"object"}`,
	} {
		if !strings.Contains(small.String(), want) {
			t.Errorf("want %s\nin %s", want, small.String())
		}
	}
}

// What is kept can be read and describes every operation; where the published files are at hand, it is what they say.
func TestTheDescriptionIsCurrent(t *testing.T) {
	t.Parallel()
	if _, err := New(description); err != nil {
		t.Fatal(err)
	}
	source := description
	if folder := os.Getenv(Folder); folder != "" {
		var err error
		if source, err = Published(folder); err != nil {
			t.Fatal(err)
		}
	}
	cut, err := Cut(source)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("description.json", cut, 0o600); err != nil {
			t.Fatal(err)
		}
	} else if !bytes.Equal(cut, description) {
		t.Errorf("description.json is not what is published: go test ./internal/dev/contract -update with %s", Folder)
	}
}
