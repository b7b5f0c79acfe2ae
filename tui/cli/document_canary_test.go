package cli_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"till/storage/storagetest"
)

// documentNames are the names that a reader of documents asks for, as its source has them.
func documentNames(t *testing.T, files ...string) (names []string) {
	t.Helper()
	for _, path := range files {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && len(call.Args) > 0 {
				if lit, ok := call.Args[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
					name, _ := strconv.Unquote(lit.Value)
					names = append(names, name)
				}
			}
			return true
		})
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Every field that a document has, with card numbers in it as a text, one after the other: it is masked or refused, and no
// file or answer has more of them than their ends.
func TestNoCardInAnyFieldOfADocument(t *testing.T) {
	folder := t.TempDir()
	names := documentNames(t, "document.go", "pay_json.go")
	if len(names) < 30 {
		t.Fatalf("only %q", names)
	}
	said, taken, refused := "", 0, 0
	try := func(in string, args ...string) {
		t.Helper()
		out, complaint, code := runIn(t, folder, args, in)
		said += out + complaint
		switch {
		case code == 0:
			taken++
		case strings.Contains(complaint, `"internal"`):
			t.Errorf("%s: %s", in, complaint)
		default:
			refused++
		}
	}
	bird := strconv.Quote(strings.ReplaceAll(flock(), "\u200b", ""))
	for _, name := range names {
		field := `"` + name + `":` + bird
		for _, doc := range []string{
			`{` + field + `,"client":{"email":"a@b.example"},"products":[{"title":"tea","price":3}]}`,
			`{"client":{"phone":"1",` + field + `},"products":[{"title":"tea","price":3}]}`,
			`{"billing_address":{` + field + `},"client":{"email":"a@b.example"},"products":[{"title":"tea","price":3}]}`,
			`{"client":{"email":"a@b.example"},"products":[{"sku":"a","title":"tea","price":3,` + field + `}]}`,
		} {
			for _, twice := range []string{`"email":"a@b.example",`, `"phone":"1",`, `,"title":"tea"`, `"sku":"a",`} {
				if strings.Contains(doc, field) && strings.Contains(twice, `"`+name+`"`) {
					doc = strings.Replace(doc, twice, "", 1)
				}
			}
			try(doc, "order", "draft", "--json", "-f", "-")
		}
		try("", "pay", "1", "--json", "--source-json", `{`+field+`}`)
		try("", "pay", "1", "--json", "--source-json", `{"type":"ideal",`+field+`}`)
	}
	if taken < 10 || refused < 30 {
		t.Errorf("%d taken, %d refused: nothing was tried", taken, refused)
	}
	if found := storagetest.Leak([]byte(said)); found != "" {
		t.Errorf("it says %q", found)
	}
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(files) < 2 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if found := storagetest.Leak(content); found != "" {
			t.Errorf("%s has %q", filepath.Base(file), found)
		}
	}
	t.Logf("proof: %d names of fields with %d card numbers, in %d documents taken and %d refused, none in a file or an answer", len(names), len(storagetest.Cards), taken, refused)
}
