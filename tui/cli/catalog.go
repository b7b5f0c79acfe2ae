package cli

import (
	"context"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

// articleObject is an article as programs read it, and as an import is written.
type articleObject struct {
	SKU        string          `json:"sku"`
	Title      string          `json:"title"`
	Price      string          `json:"price"`
	Currency   domain.Currency `json:"currency"`
	Note       string          `json:"note"`
	Barcode    string          `json:"barcode"`
	TaxPercent string          `json:"tax_percent"`
}

// shelved is what an import of articles came to.
type shelved struct {
	Imported int       `json:"imported"`
	Failed   []badLine `json:"failed"`
}

// batch is how many articles are stored in one commit.
const batch = 500

func (a *app) catalog() *cobra.Command {
	return a.group("catalog", "the articles that are for sale", a.catalogImport(), a.catalogList(), a.catalogAdd(), a.catalogUpdate())
}

func (a *app) catalogList() *cobra.Command {
	var query string
	var size int
	cmd := &cobra.Command{
		Use: "list", Short: "list articles", Args: takes(),
		RunE: a.reads(func(ctx context.Context, t *till.Till, _ []string) error {
			if size < 0 {
				return wrongFlag("size", "must not be negative")
			}
			articles, err := t.Store.Articles(ctx, query, size)
			if err != nil {
				return err
			}
			return a.sayArticles(articles)
		}),
	}
	cmd.Flags().StringVar(&query, "query", "", "only those with these `words` in number, title or note, or with this barcode")
	cmd.Flags().IntVar(&size, "size", 0, "how many at most; 0: all")
	return cmd
}

func (a *app) sayArticles(articles []domain.Article) error {
	items := make([]articleObject, len(articles))
	rows := make([][]string, len(articles))
	for i, x := range articles {
		items[i], rows[i] = articleAsObject(x), articleRow(x)
	}
	return a.say(listOf(items, ""), func(p *page) {
		if len(rows) == 0 {
			p.line("no articles")
		}
		p.table("", "llrl", rows)
	})
}

func articleAsObject(x domain.Article) articleObject {
	return articleObject{x.SKU, x.Title, x.Currency.Format(x.Price), x.Currency, x.Note, x.Barcode, x.TaxPercent}
}

func articleRow(x domain.Article) []string {
	return []string{x.SKU, x.Title, x.Currency.Display(x.Price), x.Note}
}

func (a *app) catalogImport() *cobra.Command {
	return &cobra.Command{
		Use: "import FILE.jsonl", Short: "add articles, or put them in place of those with the same number", Args: takes("FILE.jsonl"),
		RunE: a.changes(func(ctx context.Context, t *till.Till, args []string) error {
			done, err := a.shelve(ctx, t, args[0])
			if err != nil {
				return err
			}
			if err := a.say(done, func(p *page) {
				p.line("%d imported, %d failed", done.Imported, len(done.Failed))
				showBadLines(p, done.Failed)
			}); err != nil {
				return err
			}
			return notAll(done.Failed)
		}),
	}
}

func (a *app) shelve(ctx context.Context, t *till.Till, file string) (shelved, error) {
	done := shelved{Failed: []badLine{}}
	var waiting []domain.Article
	store := func() error {
		err := t.Shelve(ctx, waiting)
		if err == nil {
			done.Imported += len(waiting)
			waiting = nil
		}
		return err
	}
	err := a.eachLine(ctx, file, func(number int, text []byte) error {
		article, err := readArticle(text, t.Currency)
		if err != nil {
			done.Failed = append(done.Failed, badLine{number, safe(err.Error())})
			return nil
		}
		if waiting = append(waiting, article); len(waiting) < batch {
			return nil
		}
		return store()
	})
	if err == nil && len(waiting) > 0 {
		err = store()
	}
	return done, err
}

// readArticle reads a line of a catalogue; all wrong fields are named at once.
func readArticle(text []byte, currency domain.Currency) (domain.Article, error) {
	wrong := problems{}
	f, err := document(text, wrong)
	if err != nil {
		return domain.Article{}, err
	}
	c := documents{currency: currency}.currencyOf(f)
	product := domain.Line{
		SKU: safe(f.text("sku")), Title: safe(f.text("title")), Price: f.amount("price", c), Quantity: 1,
	}
	article := domain.Article{
		SKU: product.SKU, Title: product.Title, Price: product.Price, Currency: c,
		Note: safe(f.text("note")), Barcode: safe(f.text("barcode")),
	}
	if f.number("tax_percent", &product.TaxPercent); !product.TaxPercent.IsZero() {
		article.TaxPercent = product.TaxPercent.String()
	}
	f.close()
	if article.SKU == "" {
		wrong.say("sku", "must not be empty")
	}
	wrong.addUnread(lineProblems(product, c))
	return article, domain.Invalid("the article", wrong)
}

// lineProblems has a cart judge an article, as the one line that it would be there.
func lineProblems(l domain.Line, c domain.Currency) map[string]string {
	const first = "products[0]."
	found := map[string]string{}
	for field, sentence := range (domain.Cart{Currency: c, Lines: []domain.Line{l}}).Problems() {
		if len(field) > len(first) && field[:len(first)] == first {
			found[field[len(first):]] = sentence
		}
	}
	return found
}
