"""Words of which the code of a question is made: common, easy to spell, told apart when somebody says them.

No names, no parts of a body, nothing that is said to hurt. Of so many, three in any order are 21 million codes; the
list may grow, and a word that stands here once stays, since codes are made of it.
"""

LIST = """
acorn almond anchor apple apricot arch arrow aspen atlas attic autumn badge bagel balcony ballad bamboo banjo banner
barley barn basket beacon beehive beetle bell bench berry bicycle birch biscuit blanket blossom bluebell boat bobbin
bonfire bonnet book border bottle boulder bowl bracken bramble branch bread breeze brick bridge brook broom brush
bubble bucket buckle bunting butter button cabbage cabin cactus camera candle canoe canvas canyon caravan cardigan
carpet carrot castle cedar celery cellar chalk chess chestnut chimney chorus cider cinema cinnamon circle citrus
clarinet cliff clock cloud clover coast cobalt cocoa comet compass copper cork corner cottage cotton courtyard cradle
crane crayon crimson crocus curtain cushion cypress daffodil dairy damson dawn decade deer denim desert dinghy dolphin
domino door dragonfly drawer drum dune dusk eagle earth echo eclipse eleven ember engine envelope evening evergreen
fabric falcon feather fennel fern ferry fiddle field fifteen finch fireplace fjord flag flannel flask flint flour
flower flute foghorn forest fork forty fossil fountain frost galaxy gallery garden garlic gate gazelle geyser giraffe
glacier glass globe glove goblet gold gorse granite grape grass gravel grove guitar hammock harbour harp harvest
hawthorn hedge hedgehog helmet heron hill hinge honey hoop horizon horse indigo iron island ivory jacket jigsaw jumper
juniper kayak kennel kestrel kettle kingfisher kitchen kite kiwi ladder lagoon lake lamp lantern larch lark lavender
leaf leather lemon lentil letter library lichen lighthouse lilac lime linen lion lobster locket loom lynx magnet
magpie mallet mango mantle maple marble marigold market maroon marsh meadow meteor midnight milk mill mint mirror mist
mitten monday moon morning mosaic moss moth mountain mulberry mushroom music muslin mustard napkin nectar needle nest
nettle nine noon november nutmeg oak oasis ocean october onion orbit orchard orchid organ origami otter oven oyster
paint palace palette papaya paper parade parcel park parrot parsley pasta patchwork path pavement peacock pear pebble
pelican pencil penguin penny pepper petal piano picnic pigeon pillow pine pineapple planet plate plaza plum pocket
poem pond pony poplar porch postcard potato pottery primrose prism puddle puffin pulley pumpkin puzzle pyramid quarter
quartz quilt quince quiver rabbit radio radish raft railway rain rainbow raisin raspberry raven reed reef ribbon rice
ridge ripple river rocket rope rucksack saddle saffron sail salmon sand sandal sapphire satin saturday saucer scarf
scissors seal season seed september seven shadow shed sheep shelf shell shore shuttle silk silver sixty skate sketch
slate sledge snow snowdrop sofa spade spark sparrow spice spinach spiral sponge spoon spring spruce squirrel stable
stamp star starling station steam stitch stone stool storm straw strawberry stream string summer sunday sunrise
swallow swan sycamore table tandem tangerine tapestry teapot tent thatch thimble thirty thistle thread three thunder
thursday thyme ticket tide tiger tile timber toast toffee tomato torch tower tractor trail train treasure tree trellis
trombone trumpet tulip tunnel turnip turquoise turtle twelve twenty umbrella valley vanilla vase velvet verse village
vine violin volcano waffle wagon walnut walrus waterfall wave wednesday whale wheat wheel whistle wicker willow window
winter wood wool yacht yarn zebra zinc zipper
"""
WORDS = tuple(LIST.split())
