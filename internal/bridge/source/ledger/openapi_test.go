package ledger

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/bridge"
)

// The document names exactly the routes that exist, with the status each answers with, and every reference in it
// leads somewhere.
func TestDocumentIsTheRoutes(t *testing.T) {
	t.Parallel()
	res := httptest.NewRecorder()
	Handler(Options{}).ServeHTTP(res, httptest.NewRequest("GET", "/api/v1/openapi.json", nil))
	var doc map[string]any
	if err := json.Unmarshal(res.Body.Bytes(), &doc); err != nil || doc["openapi"] != "3.1.0" {
		t.Fatalf("the document: %v, %v", doc["openapi"], err)
	}
	var want, got []string
	for _, r := range routes {
		want = append(want, fmt.Sprintf("%s %s %d", r.method, r.path, r.status))
	}
	ids := map[any]bool{}
	for path, methods := range doc["paths"].(map[string]any) {
		for method, v := range methods.(map[string]any) {
			op := v.(map[string]any)
			if id := op["operationId"]; id == nil || ids[id] {
				t.Errorf("operationId %v is missing or used twice", id)
			}
			ids[op["operationId"]] = true
			for status := range op["responses"].(map[string]any) {
				if status != "default" {
					got = append(got, fmt.Sprintf("%s %s %s", strings.ToUpper(method), path, status))
				}
			}
			if named := strings.Count(path, "{"); named != pathParameters(op) {
				t.Errorf("%s %s describes %d of %d path parameters", method, path, pathParameters(op), named)
			}
		}
	}
	sort.Strings(want)
	sort.Strings(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	eachRef(doc, func(ref string) {
		at := any(doc)
		for _, step := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
			m, _ := at.(map[string]any)
			at = m[step]
		}
		if at == nil {
			t.Errorf("%s leads nowhere", ref)
		}
	})
}

func pathParameters(op map[string]any) (n int) {
	list, _ := op["parameters"].([]any)
	for _, p := range list {
		ref, _ := p.(map[string]any)["$ref"].(string)
		if slices.Contains([]string{"customer", "subscription", "endpoint", "delivery", "date"}, ref[strings.LastIndex(ref, "/")+1:]) {
			n++
		}
	}
	return n
}

func eachRef(v any, do func(string)) {
	switch v := v.(type) {
	case map[string]any:
		for name, inner := range v {
			if ref, ok := inner.(string); ok && name == "$ref" {
				do(ref)
			}
			eachRef(inner, do)
		}
	case []any:
		for _, inner := range v {
			eachRef(inner, do)
		}
	}
}

func TestDocumentNamesTheEvents(t *testing.T) {
	t.Parallel()
	var doc struct {
		Components struct {
			Schemas struct {
				Event struct {
					Properties struct {
						Type struct {
							Enum []string `json:"enum"`
						} `json:"type"`
					} `json:"properties"`
				} `json:"Event"`
			} `json:"schemas"`
		} `json:"components"`
	}
	if err := json.Unmarshal(openAPI, &doc); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(bridge.EventKinds(), doc.Components.Schemas.Event.Properties.Type.Enum); diff != "" {
		t.Error(diff)
	}
}
