package contract

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

type object = map[string]any

// Join makes one description of several as they are published, and repairs what makes them unusable as schemas. Each
// repair is of a whole kind of mistake; what is wrong in a single place is said by truths, a JSON merge patch (RFC 7386)
// over the result.
func Join(files [][]byte, truths []byte) ([]byte, error) {
	paths, schemas, parameters := object{}, object{}, object{}
	for i, data := range files {
		var d object
		// The names of components are the same in several files, and not always the same thing.
		own := strings.NewReplacer("#/components/schemas/", fmt.Sprintf("#/components/schemas/f%d_", i),
			"#/components/parameters/", fmt.Sprintf("#/components/parameters/f%d_", i)).Replace(string(data))
		if err := json.Unmarshal([]byte(own), &d); err != nil {
			return nil, fmt.Errorf("file %d: %w", i+1, err)
		}
		components, _ := d["components"].(object)
		for to, from := range map[string]object{"schemas": schemas, "parameters": parameters} {
			held, _ := components[to].(object)
			for name, one := range held {
				from[fmt.Sprintf("f%d_%s", i, name)] = one
			}
		}
		held, _ := d["paths"].(object)
		for route, item := range held {
			paths[route] = item
		}
	}
	whole := object{
		"paths": paths, "components": object{"schemas": schemas, "parameters": parameters},
	}
	whole, _ = repair(whole).(object)
	whole["openapi"], whole["info"] = "3.1.0", object{"title": "Infomaniak", "version": "1"}
	for route, item := range paths {
		repairPath(route, item, parameters)
	}
	if len(truths) > 0 {
		var patch object
		if err := json.Unmarshal(truths, &patch); err != nil {
			return nil, err
		}
		whole, _ = merge(whole, patch).(object)
	}
	return json.MarshalIndent(whole, "", " ")
}

// prose is what says nothing about a shape. It is left out, also because it is somebody else's text.
var prose = []string{"title", "description", "summary", "tags", "example", "examples", "deprecated", "security", "default", "operationId", "externalDocs"}

// leftBehind are the words of the generator that made the files.
var leftBehind = []string{"collection", "conditional", "one-of", "optional", "primitive", "ref"}

// repair mends the kinds of mistakes that stand anywhere, from the inside out.
func repair(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = repair(v[i])
		}
	case object:
		if ref, ok := v["$ref"].(string); ok { // keys beside it mean nothing, and break readers
			return object{"$ref": ref}
		}
		for name, one := range v {
			if name == "properties" {
				fields, _ := one.(object) // an empty list is how PHP writes an empty object
				named := object{}
				for field, shape := range fields {
					if shape, ok := shape.(object); ok { // the names of fields are no words of the language
						named[field] = repair(shape)
					}
				}
				v[name] = named
				continue
			}
			v[name] = repair(one)
		}
		repairSchema(v)
	}
	return v
}

func repairSchema(v object) {
	for _, name := range prose {
		if _, isText := v[name].(object); !isText { // a schema may have a field of that name
			delete(v, name)
		}
	}
	if list, ok := v["oneOf"]; ok { // the shapes overlap
		v["anyOf"] = list
		delete(v, "oneOf")
	}
	if _, ok := v["anyOf"]; ok && v["type"] == "object" { // of lists
		delete(v, "type")
	}
	kind, _ := v["type"].(string)
	if _, ok := v["items"]; kind == "array" && !ok {
		v["items"] = object{}
	}
	if pattern, ok := v["pattern"].(string); ok && strings.HasPrefix(pattern, "/") { // PHP's
		delete(v, "pattern")
	}
	delete(v, "format") // "timestamp", "datetime": not those of JSON Schema
	if v["nullable"] == true && kind != "" {
		v["type"] = []any{kind, "null"}
		if words, ok := v["enum"].([]any); ok {
			v["enum"] = append(words, nil)
		}
	}
	delete(v, "nullable")
	if required, ok := v["required"].([]any); ok { // names that belong one level deeper
		fields, _ := v["properties"].(object)
		left := slices.DeleteFunc(required, func(name any) bool { text, _ := name.(string); return fields[text] == nil })
		if v["required"] = left; len(left) == 0 {
			delete(v, "required")
		}
	}
	for _, name := range leftBehind {
		delete(v, name)
	}
	if v["name"] == nil { // no parameter
		delete(v, "in")
	}
}

// repairPath mends the parameters of the operations of a path.
func repairPath(route string, item any, parameters object) {
	methods, _ := item.(object)
	for _, one := range methods {
		operation, ok := one.(object)
		if !ok {
			continue
		}
		list, _ := operation["parameters"].([]any)
		kept, seen := []any{}, map[string]bool{}
		for _, p := range list {
			p, _ := p.(object)
			is := p
			if ref, ok := p["$ref"].(string); ok {
				is, _ = parameters[strings.TrimPrefix(ref, "#/components/parameters/")].(object)
			}
			key := fmt.Sprint(is["in"], " ", is["name"])
			if seen[key] || is == nil {
				continue
			}
			seen[key] = true
			if is["in"] == "path" {
				is["required"] = true
			}
			kept = append(kept, p)
		}
		for part := range strings.SplitSeq(route, "/") {
			name := strings.Trim(part, "{}")
			if name != part && !seen["path "+name] {
				kept = append(kept, object{"in": "path", "name": name, "required": true, "schema": object{"type": "string"}})
			}
		}
		operation["parameters"] = kept
		shut(operation["requestBody"])
		answers, _ := operation["responses"].(object)
		for _, a := range answers {
			if a, ok := a.(object); ok {
				a["description"] = "-" // the language wants one
			}
		}
	}
}

// shut lets the body of a request have no field that is not described.
func shut(body any) {
	b, _ := body.(object)
	content, _ := b["content"].(object)
	for _, kind := range content {
		kind, _ := kind.(object)
		if schema, ok := kind["schema"].(object); ok && schema["properties"] != nil {
			schema["additionalProperties"] = false
		}
	}
}

// merge lays a patch over a value: null takes away, objects are merged, everything else replaces.
func merge(to, patch any) any {
	p, ok := patch.(object)
	if !ok {
		return patch
	}
	t, ok := to.(object)
	if !ok {
		t = object{}
	}
	for name, one := range p {
		if one == nil {
			delete(t, name)
			continue
		}
		t[name] = merge(t[name], one)
	}
	return t
}

// unread are shapes that are large and that Kontor reads nothing of.
var unread = []string{"_FileV3", "_DirectoryV3", "_PricingPlan", "_RewindV3", "_dns_record_description", "_AppUser"}

// Cut leaves of a description the operations that Kontor asks for, what they answer when they succeed, and what that leans on.
func Cut(description []byte) ([]byte, error) {
	var d object
	if err := json.Unmarshal(description, &d); err != nil {
		return nil, err
	}
	all, _ := d["paths"].(object)
	paths := object{}
	for _, o := range operations {
		item, _ := all[o.path].(object)
		operation, ok := item[strings.ToLower(o.method)].(object)
		if !ok {
			return nil, fmt.Errorf("%s %s is not described", o.method, o.path)
		}
		answers, _ := operation["responses"].(object)
		for status := range answers {
			if status >= "3" {
				delete(answers, status)
			}
		}
		kept, _ := paths[o.path].(object)
		if kept == nil {
			kept = object{}
		}
		kept[strings.ToLower(o.method)] = operation
		paths[o.path] = kept
	}
	components, _ := d["components"].(object)
	needed := object{"schemas": object{}, "parameters": object{}}
	follow(paths, components, needed)
	return lines(object{"openapi": d["openapi"], "info": d["info"], "paths": paths, "components": needed}), nil
}

// follow takes over into needed the components that a value leads to.
func follow(v any, components, needed object) {
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			follow(one, components, needed)
		}
	case object:
		ref, _ := v["$ref"].(string)
		kind, name, _ := strings.Cut(strings.TrimPrefix(ref, "#/components/"), "/")
		to, _ := needed[kind].(object)
		from, _ := components[kind].(object)
		if to == nil || to[name] != nil || from[name] == nil {
			for _, one := range v {
				follow(one, components, needed)
			}
			return
		}
		if to[name] = from[name]; slices.ContainsFunc(unread, func(end string) bool { return strings.HasSuffix(name, end) }) {
			to[name] = object{}
		}
		follow(to[name], components, needed)
	}
}

// lines writes a description with a line for each path and component.
func lines(v object) []byte {
	text := func(v any) string {
		data, err := json.Marshal(v)
		if err != nil {
			panic(err) // it was read from JSON
		}
		return string(data)
	}
	block := func(o object) string {
		rows := []string{}
		for _, name := range slices.Sorted(maps.Keys(o)) {
			rows = append(rows, text(name)+": "+text(o[name]))
		}
		return "{\n" + strings.Join(rows, ",\n") + "\n}"
	}
	components, _ := v["components"].(object)
	schemas, _ := components["schemas"].(object)
	parameters, _ := components["parameters"].(object)
	paths, _ := v["paths"].(object)
	return fmt.Appendf(nil, "{\"openapi\": %s, \"info\": %s,\n\"paths\": %s,\n\"components\": {\"parameters\": %s, \"schemas\": %s}}\n",
		text(v["openapi"]), text(v["info"]), block(paths), block(parameters), block(schemas))
}
