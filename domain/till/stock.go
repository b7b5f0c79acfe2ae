package till

import (
	"context"

	"till/domain"
)

// shelf is the demonstration store: a small tea and coffee shop. Its prices are such that no sum of them ends
// in digits by which the sandbox decides.
var shelf = []domain.Article{
	{SKU: "101", Title: "Espresso", Price: 250, Note: "a short one", Barcode: "2000000001012"},
	{SKU: "102", Title: "Flat white", Price: 400, Note: "double shot, little milk", Barcode: "2000000001029"},
	{SKU: "103", Title: "Filter coffee", Price: 350, Note: "bottomless until noon", Barcode: "2000000001036"},
	{SKU: "104", Title: "Hot chocolate", Price: 450, Note: "dark, with cream", Barcode: "2000000001043"},
	{SKU: "201", Title: "Sencha", Price: 500, Note: "green tea, a pot", Barcode: "2000000002019"},
	{SKU: "202", Title: "Darjeeling first flush", Price: 550, Note: "black tea, a pot", Barcode: "2000000002026"},
	{SKU: "203", Title: "Peppermint", Price: 400, Note: "from the garden, a pot", Barcode: "2000000002033"},
	{SKU: "301", Title: "Butter croissant", Price: 300, Note: "baked this morning", Barcode: "2000000003016"},
	{SKU: "302", Title: "Cinnamon bun", Price: 350, Note: "still warm", Barcode: "2000000003023"},
	{SKU: "303", Title: "Banana bread", Price: 400, Note: "a thick slice", Barcode: "2000000003030"},
	{SKU: "401", Title: "House blend, 250 g", Price: 1250, Note: "whole beans", Barcode: "2000000004013"},
	{SKU: "402", Title: "Single origin Sidamo, 250 g", Price: 1600, Note: "whole beans", Barcode: "2000000004020"},
	{SKU: "501", Title: "Stoneware cup", Price: 1900, Note: "thrown by hand", Barcode: "2000000005010"},
	{SKU: "502", Title: "Pour-over kettle", Price: 7900, Note: "steel, one litre", Barcode: "2000000005027"},
}

// Stock puts the demonstration store's articles on the shelf of a test till that has no catalogue.
func (t *Till) Stock(ctx context.Context) error {
	if t.Live {
		return nil
	}
	there, err := t.Store.Articles(ctx, "", 1)
	if err != nil || len(there) > 0 {
		return err
	}
	articles := make([]domain.Article, len(shelf))
	for i, a := range shelf {
		a.Currency = t.Currency
		articles[i] = a
	}
	return t.Store.PutArticles(ctx, articles)
}

// Shelve puts articles into the catalogue, in place of those with the same number. Nothing of it is journalled, so a command
// knows nobody to stand by for somebody who may not.
func (t *Till) Shelve(ctx context.Context, articles []domain.Article) error {
	if err := t.Allows(ctx, Intent{}, domain.DeedCatalogue); err != nil {
		return err
	}
	return t.Store.PutArticles(ctx, articles)
}
